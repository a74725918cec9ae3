import type { World } from '../../secrets/secret.ts';
import { secretArn } from '../../secrets/secret-arn.ts';
import { validationFault } from './faults.ts';

export const API = 'secrets-manager';

const NAME = /^[\w/+=.@-]{1,512}$/;

/** Throws ValidationException, in the live service's words. */
export function mustBeName(name: string): void {
  if (NAME.test(name)) return;
  throw validationFault(
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  );
}

/** Of whatever may name a secret to a request: a name or an ARN. Throws ValidationException. */
export function mustBeSecretId(id: string): void {
  if (!id.startsWith('arn:')) mustBeName(id);
}

/** What policies know a secret by that is not there: a pattern for its six letters fits, and so does a star. */
export function arnOfUnknown(world: World, id: string): string {
  return id.startsWith('arn:') ? id : secretArn(world, { name: id, suffix: '??????' });
}
