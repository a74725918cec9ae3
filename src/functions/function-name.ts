const FUNCTION_COMPUTE = /^acs:fc:[^:]*:[^:]*:(?:services\/[^/]+\/)?functions\/([^/]+)/;
const LAMBDA = /^(?:arn:[^:]+:lambda:[^:]*:)?(?:\d*:)?(?:function:)?([^:]+)(?::[^:]+)?$/;

/** The plain name in a Lambda or Function Compute ARN, whole or partial, without alias or version; a plain name as it is. */
export function plainFunctionName(reference: string): string {
  return (FUNCTION_COMPUTE.exec(reference) ?? LAMBDA.exec(reference))?.[1] ?? reference;
}
