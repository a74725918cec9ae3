import type { Text } from '../values.ts';

interface ClosedLambda {
  readonly scheduledEventId: number;
  readonly startedEventId: number;
}

export interface LambdaEvents {
  LambdaFunctionScheduled: {
    readonly id: string;
    readonly name: string;
    readonly control?: Text;
    readonly input?: Text;
    readonly startToCloseTimeout: string;
    readonly decisionTaskCompletedEventId: number;
  };
  LambdaFunctionStarted: { readonly scheduledEventId: number };
  LambdaFunctionCompleted: ClosedLambda & { readonly result?: Text };
  LambdaFunctionFailed: ClosedLambda & { readonly reason?: Text; readonly details?: Text };
  LambdaFunctionTimedOut: ClosedLambda & { readonly timeoutType: 'START_TO_CLOSE' };
  ScheduleLambdaFunctionFailed: {
    readonly id: string;
    readonly name: string;
    readonly cause: string;
    readonly decisionTaskCompletedEventId: number;
  };
  StartLambdaFunctionFailed: {
    readonly scheduledEventId: number;
    readonly cause: 'ASSUME_ROLE_FAILED';
    readonly message: string;
  };
}
