import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Participant, Turns } from '../../src/sftp/ssh/turns.ts';

/** An event loop in which time passes only by work, and timers are called between turns. */
function start() {
  const told: string[] = [];
  let time = 0;
  let timers: (() => void)[] = [];
  const turns = new Turns({
    now: () => time,
    after: (_, call) => {
      timers.push(call);
      return () => {};
    },
  });
  const participant = (name: string): Participant => ({
    hold: () => void told.push(`hold ${name}`),
    resume: () => void told.push(`resume ${name}`),
  });
  const work = (milliseconds: number): void => {
    time += milliseconds;
  };
  const nextTurn = (): void => {
    const due = timers;
    timers = [];
    time += 1;
    for (const call of due) call();
  };
  return { told, turns, participant, work, nextTurn };
}

describe('turns of the event loop', () => {
  it('are nobody’s concern while there is little to do', () => {
    const { nextTurn, told, turns, participant, work } = start();
    const one = participant('one');
    for (let turn = 0; turn < 10; turn += 1) {
      assert.equal(turns.isOver(one), false);
      work(3);
      assert.equal(turns.isOver(one), false);
      nextTurn();
    }
    assert.deepEqual(told, []);
  });

  it('are not divided while there is only one', () => {
    const { nextTurn, told, turns, participant, work } = start();
    const one = participant('one');
    for (let turn = 0; turn < 10; turn += 1) {
      turns.isOver(one);
      work(50);
      assert.equal(turns.isOver(one), false);
      nextTurn();
    }
    assert.deepEqual(told, []);
  });

  it('end for all who work when the share is used up, and begin anew for them, who waited first', () => {
    const { nextTurn, told, turns, participant, work } = start();
    const [busy, other, quiet] = ['busy', 'other', 'quiet'].map(participant) as [
      Participant,
      Participant,
      Participant,
    ];
    assert.equal(turns.isOver(other), false);
    nextTurn();
    assert.equal(turns.isOver(busy), false);
    work(8);
    assert.equal(turns.isOver(busy), true);
    assert.deepEqual(told.splice(0), ['hold other', 'hold busy']);
    assert.equal(turns.isOver(quiet), true);
    nextTurn();
    assert.deepEqual(told.splice(0), ['resume other', 'resume busy', 'resume quiet']);
    assert.equal(turns.isOver(busy), false);
  });

  it('leave nobody waiting who is held again while others are resumed', () => {
    const { nextTurn, told, turns, participant, work } = start();
    let left = 3;
    const slow: Participant = {
      hold: () => void told.push('hold slow'),
      resume: () => {
        told.push('resume slow');
        left -= 1;
        if (left < 0) return;
        turns.isOver(slow);
        work(20);
        turns.isOver(slow);
      },
    };
    const other = participant('other');
    turns.isOver(slow);
    turns.isOver(other);
    work(9);
    turns.isOver(slow);
    for (let turn = 0; turn < 6; turn += 1) nextTurn();
    for (const name of ['slow', 'other']) {
      const ofName = told.filter((one) => one.endsWith(name));
      assert.ok(ofName.includes(`hold ${name}`));
      assert.equal(ofName.at(-1), `resume ${name}`);
    }
  });
});
