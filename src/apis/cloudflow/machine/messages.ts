import type { Delivery } from '../../../kernel/machine.ts';
import type { ChildEndedCommand, Command, StopCommand } from './commands.ts';

/** What one execution tells another: its own end, or to stop. */
export type Body = ChildEndedCommand | StopCommand;

export function receive(body: unknown): Delivery<Command> {
  return { start: false, command: body as Body };
}
