import { WireError } from '../errors.ts';

/** What a request says about its own signature, before any of it has been checked. */
export interface Claim {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `date/region/service/aws4_request` as sent. */
  readonly scope: string;
  readonly terminator: string;
  /** Lower-case, in the order given. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export const ALGORITHM = 'AWS4-HMAC-SHA256';

const incomplete = (message: string): WireError =>
  new WireError('IncompleteSignatureException', 400, message);

export const missingToken = (): WireError =>
  new WireError('MissingAuthenticationTokenException', 403, 'Request is missing Authentication Token');

/** Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`. */
export function readAuthorization(header: string, hasDate: boolean): Claim {
  const space = header.indexOf(' ');
  const algorithm = space < 0 ? header : header.slice(0, space);
  if (algorithm.startsWith('AWS4-') && algorithm !== ALGORITHM)
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`);
  const parts =
    algorithm === ALGORITHM ? readParts(header.slice(space + 1), header) : new Map<string, string>();
  const problems = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parts.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (!hasDate)
    problems.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  if (problems.length > 0) throw incomplete(`${problems.join(' ')} Authorization=${algorithm}`);
  return claim(parts.get('Credential') ?? '', parts.get('SignedHeaders') ?? '', parts.get('Signature') ?? '');
}

function readParts(list: string, header: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of list.split(/[,\s]+/)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    if (equals < 0)
      throw incomplete(
        `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`,
      );
    parts.set(part.slice(0, equals), part.slice(equals + 1));
  }
  return parts;
}

const QUERY_PARTS = ['Algorithm', 'Credential', 'Signature', 'SignedHeaders', 'Date', 'Expires'] as const;

export interface PresignedClaim extends Claim {
  readonly time: string;
  /** Seconds from `time`. */
  readonly expires: number;
  readonly securityToken: string | undefined;
}

const LONGEST_EXPIRY = 604_800;

/** Reads the `X-Amz-…` parameters of a presigned request. */
export function readPresigned(query: ReadonlyMap<string, string>): PresignedClaim {
  const problems = QUERY_PARTS.filter((name) => !query.get(`X-Amz-${name}`)).map(
    (name) => `AWS query-string parameters must include 'X-Amz-${name}'.`,
  );
  if (problems.length > 0) throw incomplete(`${problems.join(' ')} Re-examine the query-string parameters.`);
  const of = (name: (typeof QUERY_PARTS)[number]): string => query.get(`X-Amz-${name}`) ?? '';
  if (of('Algorithm') !== ALGORITHM) throw incomplete(`Unsupported AWS 'algorithm': '${of('Algorithm')}'.`);
  const expires = /^\d{1,6}$/.test(of('Expires')) ? Number(of('Expires')) : Number.NaN;
  if (!(expires >= 1 && expires <= LONGEST_EXPIRY))
    throw incomplete(`X-Amz-Expires must be a number between 1 and ${LONGEST_EXPIRY} seconds.`);
  return {
    ...claim(of('Credential'), of('SignedHeaders'), of('Signature')),
    time: of('Date'),
    expires,
    securityToken: query.get('X-Amz-Security-Token'),
  };
}

function claim(credential: string, signedHeaders: string, signature: string): Claim {
  const parts = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = parts;
  if (parts.length !== 5 || parts.includes(''))
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  return {
    accessKeyId: accessKeyId ?? '',
    date: date ?? '',
    region: region ?? '',
    service: service ?? '',
    terminator: terminator ?? '',
    scope: credential.slice(credential.indexOf('/') + 1),
    signedHeaders: signedHeaders.toLowerCase().split(';'),
    signature,
  };
}
