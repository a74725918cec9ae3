import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import RPCClient from '@alicloud/pop-core';
import { settle } from '../../support/toy-kernel.ts';
import { type Answer, type CloudflowServer, serveCloudflow } from './cloudflow-client.ts';

interface Flows {
  readonly pass: string;
  readonly wait: (seconds: number) => string;
  /** Its one task waits for a report. */
  readonly callback: string;
}

const state = (body: string): string =>
  `Type: StateMachine\nSpecVersion: v1\nName: f\nStartAt: s\nStates:\n  - ${body}\n`;
const step = (body: string): string => `version: v1\ntype: flow\nsteps:\n  - ${body}\n`;

const LANGUAGES: Readonly<Record<string, Flows>> = {
  'the older language': {
    pass: step('{type: pass, name: s}'),
    wait: (seconds) => step(`{type: wait, name: s, duration: ${seconds}}`),
    callback: step(
      '{type: task, name: s, resourceArn: "acs:fc:::services/a/functions/f", pattern: waitForCallback, inputMappings: [{target: token, source: $context.task.token}]}',
    ),
  },
  'state machines': {
    pass: state('{Type: Pass, Name: s, End: true}'),
    wait: (seconds) => state(`{Type: Wait, Name: s, Seconds: ${seconds}, End: true}`),
    callback: state(
      '{Type: Task, Name: s, Action: "FC:InvokeFunction", TaskMode: WaitForCustomCallback, Parameters: {resourceArn: "acs:fc:::services/a/functions/f", "body": {"token.$": "$Context.Current.TaskToken"}}, End: true}',
    ),
  },
};

const fault = ({ status, Code }: Answer): string => `${status} ${Code}`;
const execution = (name: string) => ({ FlowName: 'f', ExecutionName: name });

/** A server with the flow `f`. `events` are those with which its function was called. */
async function serveFlow(
  test: TestContext,
  definition: string,
): Promise<CloudflowServer & { events: Answer[] }> {
  const events: Answer[] = [];
  const served = await serveCloudflow(test, {
    callFunction: async (_name, event) => {
      events.push(JSON.parse(event));
      return '{}';
    },
  });
  const created = await served.call('CreateFlow', {
    Name: 'f',
    Definition: definition,
    Description: 'd',
    Type: 'FDL',
  });
  assert.equal(created.Code, undefined, created.Message);
  return { ...served, events };
}

/** Until the function was called; gives up after a while. */
async function untilCalled(events: readonly Answer[]): Promise<void> {
  for (let turn = 0; turn < 1000 && events.length === 0; turn++) await settle();
  assert.equal(events.length, 1);
}

/** Lets time go by until the answer has come. */
async function whileTimePasses({ clock }: CloudflowServer, asked: Promise<Answer>): Promise<Answer> {
  let isAnswered = false;
  const answer = asked.finally(() => {
    isAnswered = true;
  });
  while (!isAnswered) {
    await settle();
    clock.advance(50);
  }
  return answer;
}

for (const [language, flows] of Object.entries(LANGUAGES)) {
  describe(language, () => {
    test('A1, A2: a flow exists once, and one that does not is named', async (t) => {
      const { call } = await serveFlow(t, flows.pass);
      const again = { Name: 'f', Definition: flows.pass, Description: 'd', Type: 'FDL' };
      assert.equal(fault(await call('CreateFlow', again)), '409 FlowAlreadyExists');
      const missing = await call('DescribeFlow', { Name: 'nope' });
      assert.deepEqual(
        [fault(missing), missing.Message],
        ['404 FlowNotExists', "Flow 'nope' does not exist."],
      );
    });

    test('A3, A4: a name is started once', async (t) => {
      const { call, clock } = await serveFlow(t, flows.wait(5));
      await call('StartExecution', { ...execution('e1'), Input: '{"a":1}' });
      const again = await call('StartExecution', { ...execution('e1'), Input: '{"a":2}' });
      assert.deepEqual([again.Name, again.Input, again.Status], ['e1', '{"a":1}', 'Running']);
      assert.equal((await call('ListExecutions', { FlowName: 'f' })).Executions.length, 1);
      clock.advance(5000);
      assert.equal(fault(await call('StartExecution', execution('e1'))), '400 ExecutionAlreadyExists');
    });

    test('A5, A6: a poll is answered in time, or when the execution ends', async (t) => {
      const served = await serveFlow(t, flows.wait(60));
      const { call } = served;
      await call('StartExecution', execution('e1'));
      const poll = (WaitTimeSeconds: number): Promise<Answer> =>
        whileTimePasses(served, call('DescribeExecution', { ...execution('e1'), WaitTimeSeconds }));
      const early = await poll(2);
      assert.deepEqual([early.Status, early.Output, early.StoppedTime], ['Running', '', '']);
      const { Status, StoppedTime, StartedTime } = await poll(60);
      assert.equal(Status, 'Succeeded');
      assert.equal(Date.parse(StoppedTime) - Date.parse(StartedTime), 60_000);
    });

    test('A7: a time to wait is 0 to 60 seconds', async (t) => {
      const { call } = await serveFlow(t, flows.pass);
      await call('StartExecution', execution('e1'));
      for (const WaitTimeSeconds of [61, -1, 'abc', '1.5']) {
        const answer = await call('DescribeExecution', { ...execution('e1'), WaitTimeSeconds });
        assert.equal(fault(answer), '400 InvalidArgument', String(WaitTimeSeconds));
      }
    });

    test('A8: a stop ends an execution, once', async (t) => {
      const { call } = await serveFlow(t, flows.wait(60));
      await call('StartExecution', execution('e2'));
      const stopped = await call('StopExecution', { ...execution('e2'), Error: 'X', Cause: 'c' });
      assert.notEqual(stopped.StoppedTime, '');
      const { Status, Output } = await call('DescribeExecution', execution('e2'));
      assert.deepEqual([Status, Output], ['Stopped', '']);
      assert.equal(fault(await call('StopExecution', execution('e2'))), '400 ExecutionAlreadyCompleted');
      const { Events } = await call('GetExecutionHistory', execution('e2'));
      assert.equal(Events.at(-1).Type, 'ExecutionStopped');
    });

    test('A9: an execution keeps its definition', async (t) => {
      const { call } = await serveFlow(t, flows.wait(60));
      await call('StartExecution', execution('e3'));
      await call('UpdateFlow', { Name: 'f', Definition: flows.pass });
      const old = await call('DescribeExecution', execution('e3'));
      assert.deepEqual([old.Status, old.FlowDefinition], ['Running', flows.wait(60)]);
      assert.equal((await call('StartExecution', execution('e4'))).FlowDefinition, flows.pass);
    });

    test('A10: pages of executions', async (t) => {
      const { call } = await serveFlow(t, flows.pass);
      for (let number = 0; number < 130; number++) await call('StartExecution', execution(`e${number}`));
      const pages: string[][] = [];
      let next: object = {};
      do {
        const page = await call('ListExecutions', { FlowName: 'f', Limit: 60, ...next });
        pages.push(page.Executions.map(({ Name }: Answer) => Name));
        next = page.NextToken === undefined ? {} : { NextToken: page.NextToken };
      } while ('NextToken' in next);
      assert.deepEqual(
        pages.map(({ length }) => length),
        [60, 60, 10],
      );
      assert.equal(new Set(pages.flat()).size, 130);
    });

    test('A11: pages of a history', async (t) => {
      const { call } = await serveFlow(t, flows.pass);
      await call('StartExecution', execution('e1'));
      const { Events } = await call('GetExecutionHistory', execution('e1'));
      const paged: Answer[] = [];
      for (let NextToken = '1'; NextToken !== undefined; ) {
        const page = await call('GetExecutionHistory', { ...execution('e1'), Limit: 2, NextToken });
        paged.push(...page.Events);
        NextToken = page.NextToken;
      }
      assert.deepEqual(paged, Events);
      assert.deepEqual(
        Events.map(({ EventId }: Answer) => EventId),
        [1, 2, 3, 4, 5, 6],
      );
    });

    test('A12, A13: a task is reported once, by its own token', async (t) => {
      const { call, events } = await serveFlow(t, flows.callback);
      await call('StartExecution', execution('e1'));
      await untilCalled(events);
      const { token } = events[0] as Answer;
      const changed = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`;
      assert.equal(
        fault(await call('ReportTaskSucceeded', { TaskToken: changed, Output: '{}' })),
        '400 InvalidArgument',
      );
      assert.equal((await call('DescribeExecution', execution('e1'))).Status, 'Running');
      const report = { TaskToken: token, Output: '{"x":1}' };
      assert.equal(typeof (await call('ReportTaskSucceeded', report)).EventId, 'number');
      assert.equal(fault(await call('ReportTaskSucceeded', report)), '400 TaskAlreadyCompleted');
      const { Status, Output } = await call('DescribeExecution', execution('e1'));
      assert.deepEqual([Status, JSON.parse(Output)], ['Succeeded', { x: 1 }]);
    });

    test('A14: every signature, and none with a wrong secret', async (t) => {
      const { server } = await serveFlow(t, flows.pass);
      const { accessKeyId, secretAccessKey } = server.credentials;
      for (const method of ['GET', 'POST'] as const) {
        const open = (accessKeySecret: string) =>
          new RPCClient({
            endpoint: server.endpoint,
            apiVersion: '2019-03-15',
            accessKeyId,
            accessKeySecret,
          });
        const ask = { Name: 'f' };
        const { Name } = await open(secretAccessKey).request<Answer>('DescribeFlow', ask, { method });
        assert.equal(Name, 'f');
        const refused = open(`${secretAccessKey}x`).request('DescribeFlow', ask, { method });
        await assert.rejects(refused, { code: 'SignatureNotMatch' });
      }
    });

    test('A15: inputs are objects of a bounded size', async (t) => {
      const { call } = await serveFlow(t, flows.pass);
      for (const Input of ['[1]', '{', `{"a":"${'x'.repeat(65_536)}"}`]) {
        assert.equal(fault(await call('StartExecution', { FlowName: 'f', Input })), '400 InvalidArgument');
      }
      const huge = await call('StartExecution', { FlowName: 'f', Input: `{"a":"${'x'.repeat(1_100_000)}"}` });
      assert.equal(fault(huge), '400 EntityTooLarge');
    });

    test('A16: forms of schedules', async (t) => {
      const { call, clock } = await serveFlow(t, flows.pass);
      const create = (CronExpression: string, ScheduleName: string) =>
        call('CreateSchedule', {
          FlowName: 'f',
          ScheduleName,
          CronExpression,
          Payload: '{"k":1}',
          Enable: true,
        });
      for (const [index, cron] of [
        '@every 1m',
        '0 * * * * *',
        'CRON_TZ=Asia/Shanghai 0 0 4 1 * *',
      ].entries()) {
        assert.equal((await create(cron, `s${index}`)).CronExpression, cron);
      }
      assert.equal(fault(await create('@every 30s', 'no')), '400 InvalidArgument');
      await call('DeleteSchedule', { FlowName: 'f', ScheduleName: 's1' });
      await call('DeleteSchedule', { FlowName: 'f', ScheduleName: 's2' });
      clock.advance(60_000);
      await settle();
      const [started] = (await call('ListExecutions', { FlowName: 'f' })).Executions;
      assert.deepEqual(JSON.parse(started.Input).payload, { k: 1 });
    });

    test('A17: a deleted flow leaves nothing behind', async (t) => {
      const { call } = await serveFlow(t, flows.wait(60));
      await call('StartExecution', execution('e1'));
      await call('DeleteFlow', { Name: 'f' });
      await call('CreateFlow', { Name: 'f', Definition: flows.pass, Description: 'd', Type: 'FDL' });
      assert.deepEqual((await call('ListExecutions', { FlowName: 'f' })).Executions, []);
      assert.equal(fault(await call('DescribeExecution', execution('e1'))), '404 ExecutionNotExists');
      assert.equal((await call('StartExecution', execution('e1'))).Status, 'Starting');
    });

    test('A19: input comes back as it was sent', async (t) => {
      const { call } = await serveFlow(t, flows.pass);
      const Input = '{ "a" : 1 }';
      assert.equal((await call('StartExecution', { ...execution('e1'), Input })).Input, Input);
      assert.equal((await call('DescribeExecution', execution('e1'))).Input, Input);
    });
  });
}

test('A18: a synchronous start tells of a failure without failing', async (t) => {
  const { call } = await serveCloudflow(t);
  await call('CreateFlow', {
    Name: 'f',
    Definition: state('{Type: Fail, Name: s, Code: Sad, Detail: why}'),
    Description: 'd',
    Type: 'FDL',
    ExecutionMode: 'Express',
  });
  const answer = await call('StartSyncExecution', execution('n'));
  assert.match(answer.Name, /^n:/);
  assert.deepEqual([answer.Status, answer.ErrorCode, answer.Code], ['Failed', 'Sad', undefined]);
});

test('versions and aliases through the client', async (t) => {
  const { call } = await serveFlow(t, step('{type: pass, name: s}'));
  assert.equal((await call('PublishFlowVersion', { FlowName: 'f' })).Version, '1');
  const RoutingConfigurations = [{ Version: '1', Weight: 100 }];
  const created = await call('CreateFlowAlias', { FlowName: 'f', Name: 'live', RoutingConfigurations });
  assert.deepEqual(created.RoutingConfigurations, RoutingConfigurations);
  assert.equal((await call('StartExecution', { FlowName: 'f', Qualifier: 'live' })).Status, 'Starting');
  const { Regions } = await call('DescribeRegions', {});
  assert.match(Regions.Region[0].RegionEndpoint, /^127\.0\.0\.1:\d+$/);
});
