import type { Api, Operation } from '../apis/api.ts';
import { unknownOperation, type WireError } from '../wire/errors.ts';
import { compileValidator, type Validator } from '../wire/validate.ts';
import type { OperationMetrics, RequestMetrics } from './request-metrics.ts';

/** Everything that answering one operation needs, put together once. */
export interface Route {
  readonly api: Api;
  readonly operation: string;
  readonly run: Operation;
  readonly validate: Validator;
  /** What a signature's scope may name as its service. */
  readonly services: readonly string[];
  readonly contentType: string;
  readonly metrics: OperationMetrics;
}

/** Which operation an `X-Amz-Target` names; what no API serves gives the error to answer with. */
export type FindTarget = (
  target: string,
) => Route | { readonly api: Api | undefined; readonly error: WireError };

export function createTargets(apis: readonly Api[], metrics: RequestMetrics): FindTarget {
  const routes = new Map<string, Route>();
  const prefixes = new Map<string, Api>();
  for (const api of apis) {
    const served = Object.entries(api.operations).map(([name, run]) =>
      createRoute(api, name, { run, metrics }),
    );
    for (const prefix of api.targetPrefixes) {
      prefixes.set(prefix, api);
      for (const route of served) routes.set(`${prefix}.${route.operation}`, route);
    }
  }
  return (target) =>
    routes.get(target) ?? {
      api: prefixes.get(target.slice(0, Math.max(0, target.lastIndexOf('.')))),
      error: unknownOperation(),
    };
}

interface Parts {
  readonly run: Operation;
  readonly metrics: RequestMetrics;
}

function createRoute(api: Api, operation: string, { run, metrics }: Parts): Route {
  const model = api.model.operations[operation];
  if (model === undefined) throw new Error(`${api.name} serves ${operation}, which its model does not have`);
  return {
    api,
    operation,
    run,
    validate: compileValidator(model.input),
    services: [api.model.signingName, 'orrery'],
    contentType: `application/x-amz-json-${api.protocol === 'aws-json-1.0' ? '1.0' : '1.1'}`,
    metrics: metrics.operation(api.name, operation),
  };
}
