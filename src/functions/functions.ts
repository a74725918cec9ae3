import { isJson } from './answer.ts';
import type { Callable, CallFunction, FunctionSettings } from './call-function.ts';
import type { FunctionConfig } from './function-config.ts';
import { FunctionFailed, functionFailed, notRun } from './function-failed.ts';
import { functionNames } from './function-name.ts';
import { activityFunction } from './kinds/activity-function.ts';
import { commandFunction } from './kinds/command-function.ts';
import { lambdaFunction } from './kinds/lambda-function.ts';
import { moduleFunction } from './kinds/module-function.ts';
import { urlFunction } from './kinds/url-function.ts';

export interface Functions {
  readonly call: CallFunction;
  /** Whether there is a function of that name, or that the ARN ends in. */
  readonly has: (name: string) => boolean;
  /** Ends threads and connections kept for later; calls in progress end by their signals. */
  readonly stop: () => Promise<void>;
}

/** The configured functions, by name. Nothing is started before the first call. */
export function createFunctions(
  configs: Readonly<Record<string, FunctionConfig>>,
  settings: FunctionSettings,
): Functions {
  const callables = new Map(
    Object.entries(configs).map(([name, config]) => [name, callableOf(name, config, settings)]),
  );
  const find = (reference: string): Callable | undefined => {
    const name = functionNames(reference).find((each) => callables.has(each));
    return name === undefined ? undefined : callables.get(name);
  };
  return {
    has: (name) => find(name) !== undefined,
    call: async (name, event, options) => {
      options.signal.throwIfAborted();
      const callable = find(name);
      if (callable === undefined) throw notFound(name);
      if (!isJson(event)) throw notJson();
      try {
        return await callable.call(event, options);
      } catch (error) {
        options.signal.throwIfAborted();
        throw error instanceof FunctionFailed ? error : notRun(error);
      }
    },
    stop: async () => {
      await Promise.all([...callables.values()].map((callable) => callable.stop()));
    },
  };
}

function callableOf(name: string, config: FunctionConfig, settings: FunctionSettings): Callable {
  switch (config.kind) {
    case 'url':
      return urlFunction(config, settings);
    case 'command':
      return commandFunction(name, config, settings);
    case 'module':
      return moduleFunction(name, config, settings);
    case 'lambda':
      return lambdaFunction(config, settings);
    case 'activity':
      return activityFunction(name, config, settings);
    default:
      return config satisfies never;
  }
}

function notFound(name: string): FunctionFailed {
  const errorType = 'ResourceNotFoundException';
  const source = { by: 'service', status: 404, code: 'FunctionNotFound' } as const;
  return functionFailed(errorType, { errorType, errorMessage: `Function not found: ${name}` }, source);
}

function notJson(): FunctionFailed {
  const errorType = 'InvalidRequestContentException';
  const source = { by: 'service', status: 400, code: 'InvalidArgument' } as const;
  return functionFailed(errorType, { errorType, errorMessage: 'Could not parse the event as JSON' }, source);
}
