/** A message as it was sent. */
export interface Sent {
  readonly account: string;
  readonly queue: string;
  readonly body: string;
  readonly tag?: string | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  /** 1 goes first, 16 last. */
  readonly priority: number;
  /** In epoch milliseconds. */
  readonly sentAt: number;
  /** Nobody receives it before. */
  readonly visibleAt: number;
  /** It is gone then, received or not. */
  readonly expiresAt: number;
}

/** One message: plain JSON, times in epoch milliseconds. */
export interface MessageState {
  sent: Sent;
  /** When it can be received next; null while it can be. */
  visibleAt: number | null;
  /** Since when it can be received. */
  waitingSince: number;
  /** How often it was received; also tells one receipt from another. */
  receipts: number;
  /** How often it became visible: no two waits of it are the same task. */
  waits: number;
  firstReceivedAt: number | null;
  end: { readonly as: 'deleted' | 'expired'; readonly at: number } | null;
}

export function initial(): MessageState {
  return {
    sent: { account: '', queue: '', body: '', priority: 8, sentAt: 0, visibleAt: 0, expiresAt: 0 },
    visibleAt: null,
    waitingSince: 0,
    receipts: 0,
    waits: 0,
    firstReceivedAt: null,
    end: null,
  };
}
