const FUNCTION_COMPUTE =
  /^acs:fc:[^:]*:[^:]*:(?:services\/(?<service>[^/.]+)(?:\.(?<version>[^/]+))?\/)?functions\/(?<name>[^/]+)(?:\/(?<qualifier>.+))?$/;
const LAMBDA = /^(?:arn:[^:]+:lambda:[^:]*:)?(?:\d*:)?(?:function:)?(?<name>[^:]+)(?::(?<qualifier>[^:]+))?$/;

/**
 * Names that a function may be configured under, the nearest to the reference first: a Lambda or Function Compute ARN, whole
 * or partial, or a plain name. `SERVICE/NAME` is of that service alone, `NAME:QUALIFIER` that version or alias alone.
 */
export function functionNames(reference: string): readonly string[] {
  const {
    service,
    name,
    version,
    qualifier = version,
  } = (FUNCTION_COMPUTE.exec(reference) ?? LAMBDA.exec(reference))?.groups ?? {};
  if (name === undefined) return [reference];
  const plain = service === undefined ? [name] : [`${service}/${name}`, name];
  const qualified = qualifier === undefined ? [] : plain.map((each) => `${each}:${qualifier}`);
  return [...new Set([reference, ...interleaved(qualified, plain)])];
}

/** The service says more than the version does: another service's function is another function. */
function interleaved(qualified: readonly string[], plain: readonly string[]): string[] {
  return plain.flatMap((each, place) => [qualified[place] ?? each, each]);
}
