import { Rejection, Unavailable } from '../../kernel/errors.ts';
import { type SecretReason, SecretRefused } from '../../secrets/secret.ts';
import { coralFault, NotAllowed, WireError } from '../../wire/errors.ts';
import type { Fault } from '../api.ts';
import type { FaultName } from './model/types.gen.ts';

const MODELLED_FAULTS: ReadonlySet<string> = new Set<FaultName>([
  'DecryptionFailure',
  'EncryptionFailure',
  'InternalServiceError',
  'InvalidNextTokenException',
  'InvalidParameterException',
  'InvalidRequestException',
  'LimitExceededException',
  'MalformedPolicyDocumentException',
  'PreconditionNotMetException',
  'PublicPolicyException',
  'ResourceExistsException',
  'ResourceNotFoundException',
]);

/** The vendor's fault for each reason with which secrets refuse something, and its sentence about the name given. */
const FAULTS: Readonly<Record<SecretReason, readonly [FaultName, (subject: string) => string]>> = {
  'unknown-secret': ['ResourceNotFoundException', () => "Secrets Manager can't find the specified secret."],
  'unknown-version': [
    'ResourceNotFoundException',
    (id) => `Secrets Manager can't find the specified secret value for VersionId: ${id}`,
  ],
  'unknown-stage': [
    'ResourceNotFoundException',
    (stage) => `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
  ],
  'stage-elsewhere': [
    'InvalidRequestException',
    () => 'You provided a VersionStage that is not associated to the provided VersionId.',
  ],
  'stage-not-from-there': [
    'InvalidParameterException',
    (stage) =>
      `RemoveFromVersionId must be the version to which the staging label ${stage} is attached, and be left out where it is attached to none.`,
  ],
  'current-stage-stays': [
    'InvalidParameterException',
    (stage) => `The staging label ${stage} can only be moved to another version, not be removed.`,
  ],
  exists: [
    'ResourceExistsException',
    (name) => `The operation failed because the secret ${name} already exists.`,
  ],
  'version-exists': [
    'ResourceExistsException',
    (name) => `The secret ${name} has a version of that ClientRequestToken already, with other content.`,
  ],
  'waits-for-deletion': [
    'InvalidRequestException',
    () => "You can't perform this operation on the secret because it was marked for deletion.",
  ],
  'name-waits-for-deletion': [
    'InvalidRequestException',
    () => "You can't create this secret because a secret with this name is already scheduled for deletion.",
  ],
  unreadable: [
    'DecryptionFailure',
    () => "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
  ],
  'too-many-secrets': ['LimitExceededException', () => 'The account has as many secrets as it may have.'],
  'too-many-versions': [
    'LimitExceededException',
    (name) => `The secret ${name} has as many versions as it may have, none of them deprecated for a day.`,
  ],
  'too-many-stages': [
    'LimitExceededException',
    (name) => `A version of the secret ${name} may not have that many staging labels.`,
  ],
  'too-many-tags': ['LimitExceededException', (name) => `The secret ${name} may not have that many tags.`],
};

/** One of the API's modelled faults, to be thrown. */
export function fault(name: FaultName, message: string): Rejection {
  return new Rejection(name, message);
}

export const invalidParameter = (message: string): Rejection => fault('InvalidParameterException', message);

export const validationFault = (message: string): WireError =>
  new WireError('ValidationException', 400, message);

export const invalidNextToken = (): Rejection =>
  fault('InvalidNextTokenException', 'You provided an invalid value for the NextToken parameter.');

/** Turns whatever was thrown into the vendor's error. */
export function secretsManagerFault(error: unknown): Fault {
  if (error instanceof SecretRefused) {
    const [name, sentence] = FAULTS[error.reason];
    return written(name, sentence(error.subject));
  }
  if (error instanceof Rejection && MODELLED_FAULTS.has(error.reason))
    return written(error.reason, error.message);
  if (error instanceof NotAllowed) return written('AccessDeniedException', error.message);
  if (error instanceof WireError) return withMessage(coralFault(error));
  if (error instanceof Unavailable)
    return written('InternalServiceError', 'The service cannot store anything at the moment; try again.');
  return written('InternalServiceError', 'An error occurred on the server side.');
}

function written(type: string, message: string): Fault {
  return withMessage({ status: type === 'InternalServiceError' ? 500 : 400, type, message });
}

/** The model spells the member so; older clients look for no other. */
const withMessage = (fault: Fault): Fault => ({ ...fault, members: { Message: fault.message } });
