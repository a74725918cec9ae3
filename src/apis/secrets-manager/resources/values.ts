import type { SecretValue } from '../../../secrets/secret.ts';
import type { NewVersion } from '../../../secrets/secret-versions.ts';
import { fault, invalidParameter } from '../faults.ts';

const MOST_BYTES = 65_536;

interface ValueInput {
  readonly ClientRequestToken?: string;
  readonly SecretBinary?: string;
  readonly SecretString?: string;
}

/** The version that a request brings; undefined when it brings no value. Throws what a request without its token, which clients add, deserves. */
export function readVersion(input: ValueInput): NewVersion | undefined {
  const value = readValue(input);
  if (value === undefined) return undefined;
  const { ClientRequestToken: id } = input;
  if (id === undefined)
    throw fault(
      'InvalidRequestException',
      'You must provide a ClientRequestToken value. We recommend a UUID-type value.',
    );
  return { id, value };
}

function readValue({ SecretString: text, SecretBinary: base64 }: ValueInput): SecretValue | undefined {
  if (text !== undefined && base64 !== undefined)
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  if (base64 !== undefined) return { kind: 'binary', base64 };
  if (text === undefined) return undefined;
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw invalidParameter(`The secret value must be no longer than ${MOST_BYTES} bytes.`);
  return { kind: 'text', text };
}
