import assert from 'node:assert/strict';
import type { Json, JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import type { Command, StartCommand } from '../../../../src/apis/cloudflow/machine/commands.ts';
import type { FlowCall, FunctionCall } from '../../../../src/apis/cloudflow/machine/effects.ts';
import { Rejection } from '../../../../src/kernel/errors.ts';
import type { EffectOutcome, EffectRequest, Message } from '../../../../src/kernel/machine.ts';
import { callDouble, nameOfFunction } from './doubles.ts';
import { FlowRun, machine } from './flow-run.ts';

const limits: StartCommand['limits'] = {
  events: 5_000,
  stepBytes: 65_536,
  variableNameBytes: 128,
  variableBytes: 262_144,
  allVariablesBytes: 1_048_576,
  seconds: 0,
  foreachConcurrency: 100,
  mapConcurrency: 40,
  distributedMapConcurrency: 100,
  mapRuns: 10,
  mapItems: 10_000,
  mapItemBytes: 1_000_000,
  waitSeconds: 0,
};

const START = Date.UTC(2026, 0, 1);

export type Started = Partial<Omit<StartCommand, 'limits'>> & {
  readonly limits?: Partial<StartCommand['limits']>;
};

/** Executions of flows over a clock that the test moves, with doubles for all that they call. */
export class FlowWorld {
  now = START;
  readonly runs: FlowRun[] = [];
  /** Calls of each function. */
  readonly calls: Record<string, number> = {};
  /** How long the clock was moved each time, in seconds. */
  readonly waits: number[] = [];
  /** Definitions by flow. */
  readonly flows: Readonly<Record<string, string>>;
  /** Calls that a test answers by itself, by the kind of their effect. */
  readonly held = new Set<string>();
  readonly #begun = new Map<FlowRun, Set<string>>();
  readonly #callsWithin = new Map<string, number>();

  constructor(flows: Readonly<Record<string, string>> = {}) {
    this.flows = flows;
  }

  /** Starts an execution and settles. */
  start(definition: string, input: Json = {}, given: Started = {}): FlowRun {
    const run = this.#begin(
      { scope: 'account/f', name: `e${this.runs.length + 1}` },
      definition,
      input,
      given,
    );
    this.settle();
    return run;
  }

  apply(run: FlowRun, command: Command): unknown {
    const reply = run.apply(command, this.now);
    this.settle();
    return reply;
  }

  report(run: FlowRun, outcome: Extract<Command, { kind: 'report' }>['outcome'], taskEventId = 2): unknown {
    return this.apply(run, { kind: 'report', taskEventId, outcome });
  }

  /** Moves the clock from one due time to the next until nothing falls due any more. */
  finish(): void {
    for (let next = this.#wake(); next !== undefined; next = this.#wake()) this.#moveTo(next);
  }

  /** Moves the clock by so many seconds, over all that falls due meanwhile. */
  advance(seconds: number): void {
    const end = this.now + seconds * 1000;
    for (let next = this.#wake(); next !== undefined && next <= end; next = this.#wake()) this.#moveTo(next);
    this.now = end;
  }

  executionsOf(flow: string): FlowRun[] {
    return this.runs.filter(({ state }) => state.flow.name === flow);
  }

  /** Answers the calls that are there, delivers what was sent, and ticks what is due, until all is still. */
  settle(): void {
    for (let moves = 0; this.#deliver() || this.#answer() || this.#tick(); moves++) {
      assert.ok(moves < 200_000, 'it does not come to rest');
    }
  }

  #moveTo(time: number): void {
    this.waits.push((time - this.now) / 1000);
    this.now = time;
    this.settle();
  }

  #wake(): number | undefined {
    const times = this.runs.flatMap(({ state }) => machine.wake(state) ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #tick(): boolean {
    // What a turn has left undone goes on a moment later; that is no wait.
    if (this.runs.some(({ state }) => state.ready.length > 0)) this.now += 1;
    const due = this.runs.find(({ state }) => (machine.wake(state) ?? Infinity) <= this.now);
    due?.apply(machine.tick(), this.now);
    return due !== undefined;
  }

  #begin(
    place: { readonly scope: string; readonly name: string },
    definition: string,
    input: Json,
    given: Started,
  ): FlowRun {
    const id = `x${this.runs.length + 1}`;
    const run = new FlowRun({ api: 'cloudflow', ...place, id, startedAt: this.now });
    this.runs.push(run);
    const command: StartCommand = {
      kind: 'start',
      flow: { name: 'f', mode: 'Standard', roleArn: 'role', version: '' },
      definition,
      input: JSON.stringify(input),
      environment: [],
      ...given,
      limits: { ...limits, ...given.limits },
    };
    run.apply(command, this.now);
    return run;
  }

  #deliver(): boolean {
    for (const run of this.runs) {
      const message = run.sent.shift();
      if (message === undefined) continue;
      this.#deliverOne(run, message);
      return true;
    }
    return false;
  }

  /** What is for nobody any more is dropped, as the kernel does. */
  #deliverOne(from: FlowRun, { to, body }: Message): void {
    const target = this.runs.find(
      ({ identity, isOpen }) =>
        isOpen &&
        identity.scope === to.scope &&
        identity.name === to.name &&
        (to.id ?? identity.id) === identity.id,
    );
    target?.apply(machine.receive(body, from.identity).command as Command, this.now);
  }

  #answer(): boolean {
    for (const run of this.runs) {
      for (const request of machine.effects(run.state)) {
        if (this.held.has(request.kind) || !this.#takes(run, request.key)) continue;
        const outcome = this.#perform(run, request);
        if (run.isOpen) run.apply(machine.effectFinished(request.key, outcome) as Command, this.now);
        return true;
      }
    }
    return false;
  }

  #takes(run: FlowRun, key: string): boolean {
    const begun = this.#begun.get(run) ?? new Set();
    this.#begun.set(run, begun);
    if (begun.has(key)) return false;
    begun.add(key);
    return true;
  }

  #perform(run: FlowRun, { kind, input }: EffectRequest): EffectOutcome {
    try {
      return { ok: true, value: this.#answerOf(run, kind, input) };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { ok: false, error: error.reason, details: error.message };
    }
  }

  #answerOf(run: FlowRun, kind: string, input: unknown): unknown {
    if (kind === 'function') return this.#call(run, input as FunctionCall);
    if (kind === 'async-function') return this.#accept(run, input as FunctionCall);
    if (kind === 'flow') return this.#startFlow(run, input as FlowCall);
    return { kind, input };
  }

  /** Whatever comes of it. */
  #accept(run: FlowRun, call: FunctionCall): null {
    this.#call(run, call);
    return null;
  }

  #call(run: FlowRun, { resource, event }: FunctionCall): unknown {
    const name = nameOfFunction(resource);
    this.calls[name] = (this.calls[name] ?? 0) + 1;
    const within = `${run.identity.id} ${name}`;
    const call = (this.#callsWithin.get(within) ?? 0) + 1;
    this.#callsWithin.set(within, call);
    return callDouble(name, JSON.parse(event) as JsonObject, call);
  }

  #startFlow(run: FlowRun, { flowName, executionName, input, reportsTo, mapRun }: FlowCall): unknown {
    const place = { scope: `account/${flowName}`, name: executionName };
    const definition = mapRun?.definition ?? this.flows[flowName];
    if (definition === undefined) throw new Rejection('FnF.FlowNotExists', `no flow ${flowName}`);
    const { scope, name, id } = run.identity;
    const callback = { scope, executionName: name, executionId: id, taskEventId: reportsTo ?? 0 };
    const answer = {
      RequestId: 'r',
      FlowName: flowName,
      Name: executionName,
      Status: 'Starting',
      StartedTime: 't',
    };
    const there = this.runs.find(
      ({ identity }) => identity.scope === place.scope && identity.name === place.name,
    );
    if (there !== undefined) {
      if (!there.isOpen) throw new Rejection('FnF.ExecutionAlreadyExists', executionName);
      if (reportsTo !== undefined) there.apply({ kind: 'follow', follower: callback }, this.now);
      return answer;
    }
    this.#begin(place, definition, JSON.parse(input) as Json, {
      flow: { name: flowName, mode: mapRun?.mode ?? 'Standard', roleArn: '', version: '' },
      ...(reportsTo !== undefined && { callback }),
      ...(mapRun && { mapRun: mapRun.name, list: mapRun.list }),
      limits: run.state.limits,
    });
    return answer;
  }
}
