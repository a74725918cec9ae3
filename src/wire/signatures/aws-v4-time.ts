import { WireError } from '../errors.ts';

const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Epoch milliseconds as `20261120T134800Z`. */
export const basicTime = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** The time a request was signed: `X-Amz-Date`, or a `Date` header in either of its forms. */
export function readTime(text: string): { readonly time: number; readonly basic: string } {
  const parts = BASIC.exec(text);
  const time =
    parts === null
      ? Date.parse(text)
      : Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`);
  if (Number.isNaN(time) || (parts === null && !text.endsWith('GMT')))
    throw new WireError(
      'IncompleteSignatureException',
      400,
      `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  return { time, basic: parts === null ? basicTime(time) : text };
}

export interface Window {
  /** How far clocks may differ, in milliseconds. */
  readonly skew: number;
  /** How long the signature is good beyond the skew, in milliseconds. */
  readonly life: number;
}

const invalid = (message: string): WireError => new WireError('InvalidSignatureException', 403, message);

/** Refuses what was signed too long ago or lies in the future. */
export function checkWindow(
  signed: { time: number; basic: string },
  now: number,
  { skew, life }: Window,
): void {
  const oldest = now - skew - life;
  if (signed.time < Math.floor(oldest / 1000) * 1000)
    throw invalid(
      `Signature expired: ${signed.basic} is now earlier than ${basicTime(oldest)} (${basicTime(now)} - ${(skew + life) / 60_000} min.)`,
    );
  if (signed.time > now + skew)
    throw invalid(
      `Signature not yet current: ${signed.basic} is still later than ${basicTime(now + skew)} (${basicTime(now)} + ${skew / 60_000} min.)`,
    );
}
