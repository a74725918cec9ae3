import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  append,
  createList,
  insertSorted,
  type Linked,
  type LinkedList,
  prepend,
  remove,
} from '../../src/lib/linked-list.ts';

interface Element extends Linked {
  readonly value: number;
}

const elements = (list: LinkedList<Element>): Element[] => {
  const found: Element[] = [];
  for (let at = list.first; at !== undefined; at = at.next as Element | undefined) found.push(at);
  return found;
};

const backwards = (list: LinkedList<Element>): Element[] => {
  const found: Element[] = [];
  for (let at = list.last; at !== undefined; at = at.previous as Element | undefined) found.push(at);
  return found;
};

const step = fc.record({
  kind: fc.constantFrom('append', 'prepend', 'sorted', 'remove'),
  value: fc.nat(50),
});

test('a linked list holds what an array would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const list = createList<Element>();
      let model: Element[] = [];
      for (const { kind, value } of steps) {
        const element: Element = { value, previous: undefined, next: undefined };
        if (kind === 'append') {
          append(list, element);
          model.push(element);
        } else if (kind === 'prepend') {
          prepend(list, element);
          model.unshift(element);
        } else if (kind === 'sorted') {
          insertSorted(list, element, (other) => other.value > value);
          const place = model.findLastIndex((other) => other.value <= value);
          model.splice(place + 1, 0, element);
        } else if (model.length > 0) {
          const gone = model[value % model.length] as Element;
          remove(list, gone);
          model = model.filter((other) => other !== gone);
        }
        assert.deepEqual(
          elements(list).map((other) => other.value),
          model.map((other) => other.value),
        );
        assert.deepEqual(backwards(list), elements(list).reverse());
        assert.equal(list.size, model.length);
      }
    }),
  );
});
