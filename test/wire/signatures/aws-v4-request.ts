import { type AccessKey, createAwsV4 } from '../../../src/wire/signatures/aws-v4.ts';
import { type Signing, sign } from '../../support/sign.ts';

export const NOW = Date.UTC(2026, 10, 20, 13, 48, 0);
const KEYS: readonly AccessKey[] = [
  { id: 'AKIDOPS', secret: 'top/secret+key' },
  { id: 'AKIDTEMP', secret: 'other', sessionToken: 'a-token' },
];
export const signing: Signing = { id: 'AKIDOPS', secret: 'top/secret+key', time: NOW };
export const verifier = () => createAwsV4((id) => KEYS.find((key) => key.id === id));

interface Raw {
  readonly method?: string;
  readonly url?: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

export const request = ({ method = 'POST', url = '/', headers, body = '{}' }: Raw) => ({
  method,
  url,
  headers,
  rawHeaders: Object.entries(headers).flat(),
  body: Buffer.from(body),
});

export const target = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'SimpleWorkflowService.ListDomains',
};
export const signed = (change: Partial<Signing> = {}, body = '{}') =>
  request({ headers: sign({ headers: target, body }, { ...signing, ...change }), body });

export const verify = (input: ReturnType<typeof request>, now = NOW) =>
  verifier()(input, ['swf', 'orrery'], now);
