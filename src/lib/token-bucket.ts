/** Allows `burst` calls at once and `perSecond` in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** What one bucket held when it was last asked. */
export interface Bucket {
  tokens: number;
  at: number;
}

export function fullBucket({ burst }: Rate, now: number): Bucket {
  return { tokens: burst, at: now };
}

/** Takes one token if there is one; `now` is in milliseconds. */
export function takeToken(bucket: Bucket, { burst, perSecond }: Rate, now: number): boolean {
  const earned = (Math.max(0, now - bucket.at) / 1000) * perSecond;
  bucket.tokens = Math.min(burst, bucket.tokens + earned);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
