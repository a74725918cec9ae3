/** What protects the server from its clients. Sizes in bytes, times in milliseconds. */
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

export const DEFAULT_SERVER_LIMITS: ServerLimits = {
  requestSize: 1_048_576,
  headerSize: 16_384,
  headerTime: 10_000,
  requestTime: 30_000,
  keepAliveTime: 75_000,
  connections: 20_000,
};
