import { NotAllowed, RequestTooLarge, WireError } from '../errors.ts';

/** The longest part of a request that an error quotes, in characters. */
const LONGEST_QUOTE = 128;

const quoted = (text: string): string =>
  `'${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE).toWellFormed()}...` : text}'`;

export const missingHeader = (name: string): WireError =>
  new WireError('MissingRequiredHeader', 400, `The HTTP header '${name}' must be specified.`);

export const missingParameter = (name: string): WireError =>
  new WireError('MissingRequiredParams', 400, `The HTTP query ${quoted(name)} must be specified.`);

export const invalidArgument = (message: string): WireError => new WireError('InvalidArgument', 400, message);

/** `rule` completes the sentence "The parameter 'X' must …". */
export const invalidParameter = (name: string, rule: string): WireError =>
  invalidArgument(`The parameter ${quoted(name)} must ${rule}.`);

export const unsupportedAction = (action: string): WireError =>
  new WireError(
    'ActionNotSupported',
    400,
    `The requested API operation ${quoted(action)} is incorrect. Please check.`,
  );

export const unsupportedVersion = (version: string): WireError =>
  new WireError(
    'APIVersionNotSupported',
    400,
    `The requested API version ${quoted(version)} is not supported yet. Please check.`,
  );

export const unsupportedMediaType = (): WireError =>
  new WireError('UnsupportedMediaType', 415, 'The content type must be "application/json".');

export const invalidAccessKey = (id: string, reason = ''): WireError =>
  new WireError('InvalidAccessKeyID', 403, `The AccessKey ID ${quoted(id)} is invalid.${reason}`);

export const timeTooSkewed = (requested: string, current: string): WireError =>
  new WireError(
    'RequestTimeTooSkewed',
    403,
    `The difference between the request time '${requested}' and the current time '${current}' is too large.`,
  );

export const signatureMismatch = (reason = ''): WireError =>
  new WireError(
    'SignatureNotMatch',
    403,
    `The request signature we calculated does not match the signature you provided. Check your access key and signing method.${reason}`,
  );

export const nonceUsed = (nonce: string): WireError =>
  new WireError('SignatureNonceUsed', 400, `The signature nonce ${quoted(nonce)} was used already.`);

export interface AlibabaFault {
  readonly status: number;
  /** What the vendor calls the error's code. */
  readonly type: string;
  readonly message: string;
}

/** How the vendor writes an error that no API modelled; anything unknown is an internal one. */
export function alibabaFault(error: unknown): AlibabaFault {
  if (error instanceof NotAllowed)
    return {
      status: 403,
      type: 'AccessDenied',
      message: `The resources doesn't belong to you. ${error.message}.`,
    };
  if (error instanceof RequestTooLarge)
    return {
      status: 400,
      type: 'EntityTooLarge',
      message: `The payload size exceeds maximum allowed size (${error.limit} bytes).`,
    };
  if (error instanceof WireError) return { status: error.status, type: error.code, message: error.message };
  return {
    status: 500,
    type: 'InternalServerError',
    message: 'An internal error has occurred. Please retry.',
  };
}
