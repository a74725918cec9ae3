import { Rejection } from '../../../../kernel/errors.ts';
import type { AbandonCommand, FollowCommand } from '../commands.ts';
import { mostFollowers } from '../inferred.ts';
import { isSameTask } from '../same-task.ts';
import { endStopped } from './end.ts';
import type { Run } from './run.ts';

export function follow({ turn, state }: Run, { follower }: FollowCommand): void {
  if (follower.executionId === turn.identity.id) {
    throw new Rejection('InvalidArgument', 'An execution cannot wait for its own end.');
  }
  const { followers = [] } = state;
  if (followers.some((each) => isSameTask(each, follower) && each.origin === follower.origin)) return;
  if (followers.length >= mostFollowers) {
    throw new Rejection('ResourceThrottled', 'Too many tasks wait for the end of this execution.');
  }
  turn.note({ time: turn.now, note: 'followed', follower });
}

export function abandon(run: Run, command: AbandonCommand): void {
  const { callback, followers = [] } = run.state;
  const { error, cause, executionId, taskEventId } = command;
  if (callback !== undefined && isSameTask(callback, command)) endStopped(run, { error, cause });
  else if (followers.some((each) => isSameTask(each, command))) {
    run.turn.note({ time: run.turn.now, note: 'unfollowed', executionId, taskEventId });
  }
}
