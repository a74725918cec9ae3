import {
  DomainAlreadyExistsFault,
  RegisterActivityTypeCommand,
  RegisterDomainCommand,
  RegisterWorkflowTypeCommand,
  TypeAlreadyExistsFault,
} from '@aws-sdk/client-swf';
import { client } from './client.ts';

export const DOMAIN = 'shop';
export const DECIDERS = { name: 'deciders' };
export const VERSION = '1.0';

const WORKFLOWS = ['order', 'shipping'] as const;
/** Each activity has a task list of its name. */
const ACTIVITIES = ['reserve-stock', 'charge-card', 'ship'] as const;
export type Workflow = (typeof WORKFLOWS)[number];
export type Activity = (typeof ACTIVITIES)[number];

export interface Order {
  readonly orderId: string;
  readonly item: string;
  readonly quantity: number;
  readonly amount: number;
}

/** Registers the domain and all types; what is there from an earlier run stays as it is. */
export async function registerApplication(): Promise<void> {
  await unlessKnown(
    client.send(new RegisterDomainCommand({ name: DOMAIN, workflowExecutionRetentionPeriodInDays: '1' })),
  );
  for (const name of WORKFLOWS) {
    const type = new RegisterWorkflowTypeCommand({
      domain: DOMAIN,
      name,
      version: VERSION,
      defaultTaskList: DECIDERS,
      defaultTaskStartToCloseTimeout: '10',
      defaultExecutionStartToCloseTimeout: '60',
      defaultChildPolicy: 'TERMINATE',
    });
    await unlessKnown(client.send(type));
  }
  for (const name of ACTIVITIES) {
    const type = new RegisterActivityTypeCommand({
      domain: DOMAIN,
      name,
      version: VERSION,
      defaultTaskList: { name },
      defaultTaskScheduleToStartTimeout: '30',
      defaultTaskStartToCloseTimeout: '1',
      defaultTaskScheduleToCloseTimeout: 'NONE',
      defaultTaskHeartbeatTimeout: 'NONE',
    });
    await unlessKnown(client.send(type));
  }
}

async function unlessKnown(registered: Promise<unknown>): Promise<void> {
  try {
    await registered;
  } catch (error) {
    if (error instanceof DomainAlreadyExistsFault || error instanceof TypeAlreadyExistsFault) return;
    throw error;
  }
}
