import type { Delivery, Identity } from '../../../kernel/machine.ts';
import type { AbandonCommand, ChildEndedCommand, Command } from './commands.ts';

/** What one execution tells another: its own end, or that it does not wait for the other's any more. */
export type Body = ChildEndedCommand | Omit<AbandonCommand, 'executionId'>;

export function receive(body: unknown, { id }: Pick<Identity, 'id'>): Delivery<Command> {
  const told = body as Body;
  return { start: false, command: told.kind === 'abandon' ? { ...told, executionId: id } : told };
}
