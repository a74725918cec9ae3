import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../../../../src/apis/cloudflow/language/json.ts';
import { eventText } from '../../../../src/apis/cloudflow/machine/event-text.ts';
import type { MachineEvent } from '../../../../src/apis/cloudflow/machine/notes.ts';

const value = fc.jsonValue({ maxDepth: 3 });
const values = fc.array(value, { minLength: 1, maxLength: 3 });
const name = fc.oneof(fc.constantFrom('', 'pass', 'a "quoted" one', '步骤'), fc.string({ unit: 'binary' }));

/** Which of a few names and values an event has, so that neighbours have the same ones. */
const choice = fc.record({
  name: fc.nat(2),
  members: fc.uniqueArray(fc.constantFrom('input', 'output', 'local', 'error', 'index')),
  value: fc.nat(2),
  own: fc.option(fc.dictionary(fc.constantFrom('of', 'next', 'global', 'call'), value), { nil: undefined }),
  time: fc.nat({ max: 4_000_000_000_000 }),
  cause: fc.nat(),
});

test('the text of an event is what JSON.stringify writes, whatever events came before it', () => {
  fc.assert(
    fc.property(values, fc.array(name, { minLength: 1 }), fc.array(choice), (found, names, choices) => {
      for (const { members, value: place, own, time, cause, name: number } of choices) {
        const detail = Object.fromEntries(members.map((key) => [key, found[place % found.length]]));
        const event = {
          type: 'StepExited',
          time,
          step: names[number % names.length] ?? '',
          cause,
          detail: detail as JsonObject,
          ...(own && { own: own as JsonObject }),
        } as const;
        assert.equal(eventText(event), JSON.stringify(event));
      }
    }),
  );
});

test('notes and events without members are written too', () => {
  const note: MachineEvent = { time: 5, note: 'map-child-begun', of: 3, place: 1 };
  const event: MachineEvent = { type: 'TaskStarted', time: 5, step: 's', cause: 0, detail: {}, own: {} };
  for (const each of [note, event]) assert.equal(eventText(each), JSON.stringify(each));
});
