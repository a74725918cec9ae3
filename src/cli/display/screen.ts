import type { Output } from '../command.ts';

export type Colour = 'green' | 'red' | 'yellow' | 'dim' | 'plain';

/** What may be done with an output: colours and a width are for terminals only. */
export interface Screen {
  /** Columns of the terminal; undefined where nothing limits a line. */
  readonly width: number | undefined;
  readonly paint: (text: string, colour: Colour) => string;
}

const CODES: Readonly<Record<Colour, string>> = { green: '32', red: '31', yellow: '33', dim: '2', plain: '' };
const DEFAULT_WIDTH = 80;

/** Colours only on a terminal, and not where NO_COLOR is set: https://no-color.org */
export function screenOf(
  { isTTY = false, columns }: Output,
  environment: Readonly<Record<string, string | undefined>>,
): Screen {
  const isColoured = isTTY && !environment.NO_COLOR && environment.TERM !== 'dumb';
  return {
    width: isTTY ? (columns ?? DEFAULT_WIDTH) : undefined,
    paint: (text, colour) =>
      isColoured && colour !== 'plain' ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text,
  };
}
