import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Poll, type Task, TaskQueues } from '../../src/kernel/task-queue.ts';
import { Timers } from '../../src/kernel/timers.ts';
import { createFixedClock } from '../support/fixed-clock.ts';

const step = fc.record({
  kind: fc.constantFrom('offer', 'offer', 'poll', 'poll', 'withdraw', 'leave', 'advance', 'match'),
  queue: fc.constantFrom('p', 'q'),
  number: fc.nat(30),
  /** Whether the poll finds the first task it is given to be gone. */
  isPicky: fc.boolean(),
});

interface ModelTask {
  readonly name: string;
  readonly queue: string;
  readonly priority: number;
  readonly since: number;
  readonly order: number;
}

interface ModelPoll {
  readonly name: string;
  readonly queue: string;
  readonly deadline: number;
  isPicky: boolean;
}

/** What the queues should do, as slowly as can be. */
class Model {
  tasks: ModelTask[] = [];
  polls: ModelPoll[] = [];
  readonly log: string[] = [];

  match(queue: string): void {
    for (;;) {
      const poll = this.polls.find((candidate) => candidate.queue === queue);
      const task = this.tasks
        .filter((candidate) => candidate.queue === queue)
        .sort((x, y) => y.priority - x.priority || x.since - y.since || x.order - y.order)[0];
      if (poll === undefined || task === undefined) return;
      this.tasks = this.tasks.filter((other) => other !== task);
      if (poll.isPicky) {
        poll.isPicky = false;
        continue;
      }
      this.polls = this.polls.filter((other) => other !== poll);
      this.log.push(`${poll.name} takes ${task.name}`);
    }
  }
}

function pollOf(queues: TaskQueues<string>, given: Partial<Poll<string>>): Poll<string> {
  const poll: Poll<string> = {
    queue: 'q',
    deadline: 100,
    most: 1000,
    take: () => false,
    expired: () => {},
    fire: () => queues.expire(poll),
    due: 0,
    place: -1,
    previous: undefined,
    next: undefined,
    ...given,
  };
  return poll;
}

test('queues hand out what a slow model hands out', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const clock = createFixedClock(0);
      const queues = new TaskQueues<string>(new Timers(clock), () => true);
      const model = new Model();
      const log: string[] = [];
      const tasks = new Map<string, Task<string>>();
      const polls = new Map<string, Poll<string>>();
      steps.forEach(({ kind, queue, number, isPicky }, order) => {
        if (kind === 'offer') {
          const name = `t${order}`;
          const offer = { key: name, queue, priority: (number % 3) - 1, since: number };
          tasks.set(name, queues.offer(offer, name));
          model.tasks.push({ name, queue, priority: offer.priority, since: number, order });
        } else if (kind === 'poll') {
          const name = `p${order}`;
          const deadline = clock.now() + 1 + number;
          let isFussy = isPicky;
          model.polls.push({ name, queue, deadline, isPicky });
          const take = ({ owner }: Task<string>): boolean => {
            if (!isFussy) log.push(`${name} takes ${owner}`);
            const isTaken = !isFussy;
            isFussy = false;
            return isTaken;
          };
          const poll = pollOf(queues, { queue, take, expired: () => log.push(`${name} ends`), deadline });
          polls.set(name, poll);
          queues.poll(poll);
          model.match(queue);
        } else if (kind === 'withdraw') {
          const [name, task] = [...tasks][number % Math.max(1, tasks.size)] ?? [];
          if (task !== undefined) queues.withdraw(task);
          model.tasks = model.tasks.filter((other) => other.name !== name);
        } else if (kind === 'leave') {
          const [name, poll] = [...polls][number % Math.max(1, polls.size)] ?? [];
          if (poll !== undefined) queues.leave(poll);
          model.polls = model.polls.filter((other) => other.name !== name);
        } else if (kind === 'advance') {
          clock.advance(number);
          const over = model.polls.filter((poll) => poll.deadline <= clock.now());
          model.polls = model.polls.filter((poll) => poll.deadline > clock.now());
          for (const { name } of over) model.log.push(`${name} ends`);
        } else {
          queues.match(queue);
          model.match(queue);
        }
        assert.deepEqual([...log].sort(), [...model.log].sort());
        for (const name of ['p', 'q']) {
          assert.equal(queues.pending(name), model.tasks.filter((task) => task.queue === name).length);
          assert.equal(queues.pollers(name), model.polls.filter((poll) => poll.queue === name).length);
        }
      });
      for (const task of tasks.values()) queues.withdraw(task);
      queues.expireAll();
      assert.equal(queues.size, 0);
    }),
    { numRuns: 300 },
  );
});

test('a taker may change the queue it takes from', () => {
  const clock = createFixedClock(0);
  const queues = new TaskQueues<string>(new Timers(clock), () => true);
  const taken: string[] = [];
  const offer = (key: string) => queues.offer({ key, queue: 'q', priority: 0, since: 0 }, key);
  const refused = offer('first');
  const take = ({ owner }: Task<string>): boolean => {
    if (owner === 'first') {
      queues.withdraw(refused);
      offer('second');
      return false;
    }
    taken.push(owner);
    return true;
  };
  queues.poll(pollOf(queues, { take, expired: () => assert.fail('expired') }));
  assert.deepEqual(taken, ['second']);
  assert.equal(queues.size, 0);
});

test('while nothing can be handed out everything keeps its place', () => {
  let canHandOut = false;
  const queues = new TaskQueues<string>(new Timers(createFixedClock(0)), () => canHandOut);
  const taken: string[] = [];
  const poll = (name: string) =>
    queues.poll(pollOf(queues, { take: ({ owner }) => taken.push(`${name} takes ${owner}`) > 0 }));
  queues.offer({ key: '1', queue: 'q', priority: 0, since: 1 }, 'late');
  poll('first');
  queues.offer({ key: '2', queue: 'q', priority: 0, since: 0 }, 'early');
  poll('second');
  queues.match('q');
  assert.deepEqual(taken, []);
  canHandOut = true;
  queues.matchAll();
  assert.deepEqual(taken, ['first takes early', 'second takes late']);
});
