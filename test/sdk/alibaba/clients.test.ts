import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import openapi, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import RPCClient from '@alicloud/pop-core';
import type { AlibabaApi } from '../../../src/apis/api.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { authenticateByKey } from '../../../src/server/authenticate.ts';
import { WireError } from '../../../src/wire/errors.ts';
import { type FnfClient, fnfClient } from '../../support/fnf-client.ts';
import { alibabaApi, VERSION } from '../../support/tiny-alibaba.ts';
import { startTinyServer } from '../../support/tiny-server.ts';

const DEFINITION = "version: v1\ntype: flow\nsteps:\n  - type: pass\n    name: p~*!()' + 100%&=é你";
const KEY = { accessKeyId: 'OPS', accessKeySecret: 'a secret' };
const TEMPORARY = { accessKeyId: 'STS.OPS', accessKeySecret: 'another', securityToken: 'to+k/en==' };

const text = { kind: 'string', required: true } as const;

/** Takes what flows take, and gives back what it took. */
const api: AlibabaApi = alibabaApi(
  {
    CreateFlow: async (input) => ({ Took: input }),
    DeleteFlow: async () => undefined,
    DescribeExecution: async (input) => ({ Took: input }),
    StartExecution: async ({ FlowName }) => {
      throw new WireError('FlowNotExists', 404, `Flow '${FlowName}' does not exist.`);
    },
  },
  {
    CreateFlow: { Name: text, Definition: text, Description: text, Type: text, Environment: environment() },
    DeleteFlow: { Name: text },
    DescribeExecution: {
      FlowName: text,
      ExecutionName: text,
      WaitTimeSeconds: { kind: 'integer', min: 0, max: 60 },
    },
    StartExecution: { FlowName: text, Input: { kind: 'string' } },
  },
);

function environment() {
  const variable = { kind: 'structure', members: { Name: text, Value: text } } as const;
  return { kind: 'structure', members: { Variables: { kind: 'list', member: variable } } } as const;
}

async function serveTiny(test: TestContext): Promise<string> {
  const of = (id: string) => ({ id, account: '000000000000', arn: `arn:aws:iam::000000000000:user/${id}` });
  const keys = [
    { ...of('OPS'), secret: 'a secret' },
    { ...of('STS.OPS'), secret: 'another', sessionToken: 'to+k/en==' },
  ];
  const authentication = authenticateByKey(keys, 'cn-hangzhou');
  const { listening } = await startTinyServer(test, { api, authentication, clock: systemClock });
  return `127.0.0.1:${listening.port}`;
}

const FLOW = { Name: 'f1', Definition: DEFINITION, Description: 'd d', Type: 'FDL' };
const EXECUTION = { FlowName: 'f1', ExecutionName: 'e1', WaitTimeSeconds: 20 };

/** Some clients make objects without a prototype. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

type Answered = Record<string, unknown>;

/** A client in one of the ways in which it can be used. */
interface Client {
  call(action: string, parameters: Readonly<Record<string, string>>): Promise<Answered>;
  /** What its error says. */
  readError(error: unknown): { readonly code: string; readonly message: string };
}

type Keys = {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
};

const popCore =
  (method: 'GET' | 'POST') =>
  (host: string, keys: Keys): Client => {
    const client = new RPCClient({ endpoint: `http://${host}`, apiVersion: VERSION, ...keys });
    return {
      call: (action, parameters) => client.request(action, parameters, { method }),
      readError: (error) => {
        const { data } = error as { data: { Code: string; Message: string } };
        return { code: data.Code, message: data.Message };
      },
    };
  };

const openApi =
  (method: 'GET' | 'POST', signatureAlgorithm?: 'v2') =>
  (host: string, keys: Keys): Client => {
    const algorithm = signatureAlgorithm === undefined ? {} : { signatureAlgorithm };
    const client = new openapi.default(
      new Config({ endpoint: host, protocol: 'HTTP', ...keys, ...algorithm }),
    );
    return {
      call: async (action, parameters) => {
        const params = new Params({
          action,
          version: VERSION,
          protocol: 'HTTP',
          pathname: '/',
          method,
          authType: 'AK',
          style: 'RPC',
          reqBodyType: 'formData',
          bodyType: 'json',
        });
        const request = new OpenApiRequest(method === 'GET' ? { query: parameters } : { body: parameters });
        const { body } = await client.callApi(params, request, {} as Parameters<typeof client.callApi>[2]);
        return body;
      },
      readError: (error) => {
        const { code, data } = error as { code: string; data: { Message: string } };
        return { code, message: data.Message };
      },
    };
  };

const CLIENTS: readonly [string, (host: string, keys: Keys) => Client][] = [
  ['pop-core, GET', popCore('GET')],
  ['pop-core, POST', popCore('POST')],
  ['openapi-client with version 3, GET', openApi('GET')],
  ['openapi-client with version 3, POST', openApi('POST')],
  ['openapi-client with version 1, GET', openApi('GET', 'v2')],
  ['openapi-client with version 1, split', openApi('POST', 'v2')],
];

for (const [title, open] of CLIENTS)
  describe(title, () => {
    test('texts and JSON in parameters', async (t) => {
      const client = open(await serveTiny(t), KEY);
      const variables = { Variables: [{ Name: 'k', Value: 'v w' }] };
      const { Took } = await client.call('CreateFlow', { ...FLOW, Environment: JSON.stringify(variables) });
      assert.deepEqual(plain(Took), { ...FLOW, Environment: variables });
    });

    test('numbers, and what the operation does not have', async (t) => {
      const client = open(await serveTiny(t), KEY);
      const { Took, RequestId } = await client.call('DescribeExecution', {
        ...EXECUTION,
        WaitTimeSeconds: '20',
        RegionId: 'cn-beijing',
      });
      assert.deepEqual(plain(Took), EXECUTION);
      assert.match(String(RequestId), /^request-\d+$/);
    });

    test('an answer of nothing but the request’s id', async (t) => {
      const client = open(await serveTiny(t), KEY);
      assert.deepEqual(Object.keys(await client.call('DeleteFlow', { Name: 'f1' })), ['RequestId']);
    });

    test('a temporary key', async (t) => {
      const host = await serveTiny(t);
      const { Took } = await open(host, TEMPORARY).call('CreateFlow', FLOW);
      assert.deepEqual(plain(Took), FLOW);
      const { securityToken: _, ...withoutToken } = TEMPORARY;
      const client = open(host, withoutToken);
      await assert.rejects(client.call('CreateFlow', FLOW), (error) => {
        assert.equal(client.readError(error).code, 'InvalidAccessKeyID');
        return true;
      });
    });

    test('errors of the operation and of the wire', async (t) => {
      const host = await serveTiny(t);
      const table: readonly [Keys, string, Record<string, string>, string, RegExp][] = [
        [KEY, 'StartExecution', { FlowName: 'nope' }, 'FlowNotExists', /Flow 'nope' does not exist\./],
        [KEY, 'Nothing', {}, 'ActionNotSupported', /'Nothing' is incorrect/],
        [KEY, 'DeleteFlow', {}, 'MissingRequiredParams', /'Name' must be specified/],
        [
          KEY,
          'DescribeExecution',
          { ...EXECUTION, WaitTimeSeconds: '61' },
          'InvalidArgument',
          /WaitTimeSeconds/,
        ],
        [{ ...KEY, accessKeySecret: 'a secres' }, 'CreateFlow', FLOW, 'SignatureNotMatch', /does not match/],
      ];
      for (const [keys, action, parameters, code, message] of table) {
        const client = open(host, keys);
        await assert.rejects(client.call(action, parameters), (error) => {
          const read = client.readError(error);
          assert.equal(read.code, code);
          assert.match(read.message, message);
          return true;
        });
      }
    });
  });

describe('the client of the API', () => {
  const open = async (t: TestContext): Promise<FnfClient> =>
    fnfClient({ endpoint: `http://${await serveTiny(t)}`, ...KEY });

  test('creates with POST', async (t) => {
    const { Took } = await (await open(t)).createFlow(FLOW);
    assert.deepEqual(plain(Took), FLOW);
  });

  test('deletes with GET', async (t) => {
    const { RequestId } = await (await open(t)).deleteFlow({ Name: 'f1' });
    assert.match(String(RequestId), /^request-/);
  });

  test('gives its requests ids of its own', async (t) => {
    const { Took, RequestId } = await (await open(t)).describeExecution({
      ...EXECUTION,
      RequestId: 'mine-1',
    });
    assert.deepEqual([plain(Took), RequestId], [EXECUTION, 'mine-1']);
  });

  test('finds the text by which tools tell a flow that is not there', async (t) => {
    await assert.rejects((await open(t)).startExecution({ FlowName: 'nope', Input: '{}' }), {
      name: 'FlowNotExistsError',
      message: /^Flow 'nope' does not exist/,
    });
  });
});
