/** What protects the server from its clients. Sizes in bytes, times in milliseconds; 0 means unlimited. */
export interface ServerLimits {
  /** Of one request, headers included. */
  readonly requestSize: number;
  readonly headerSize: number;
  /** From the first byte of a request to the end of its headers. */
  readonly headerTime: number;
  /** From the first byte of a request to the end of its body; says nothing about how long the answer may take. */
  readonly requestTime: number;
  /** How long a connection may be idle between two requests. */
  readonly keepAliveTime: number;
  readonly connections: number;
}

/** From the settings under `limits:`, where 0 stands for no limit. Throws when one is missing. */
export function serverLimitsFrom(values: Readonly<Record<string, number>>): ServerLimits {
  const of = (name: string): number => {
    const value = values[`server.${name}`];
    if (value === undefined) throw new Error(`the limit server.${name} has no value`);
    return value === 0 ? UNLIMITED : value;
  };
  return {
    requestSize: of('requestBytes'),
    headerSize: of('headerBytes'),
    headerTime: of('headerMilliseconds'),
    requestTime: of('requestMilliseconds'),
    keepAliveTime: of('keepAliveMilliseconds'),
    connections: of('connections'),
  };
}

/** Large enough for any size or time, and still a number that timers and parsers take. */
const UNLIMITED = 2 ** 30;
