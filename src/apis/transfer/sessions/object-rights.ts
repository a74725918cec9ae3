import type { Allows, Transfer } from '../transfer.ts';
import { sessionPolicy } from './session-policy.ts';
import type { SessionUser } from './session-user.ts';

/** May this be done to that key of that bucket? For `s3:ListBucket` the key is the prefix. */
export type ObjectRights = (bucket: string, action: string, key: string) => boolean;

/** What the role allows and the session policy does not take away; undefined when everything is allowed. */
export function objectRights(transfer: Transfer, user: SessionUser): ObjectRights | undefined {
  const limits = [transfer.policiesOf(user.role), sessionPolicy(user)].filter(
    (allows) => allows !== undefined,
  );
  return limits.length === 0 ? undefined : rightsUnder(limits);
}

/** All of several policies must allow it. */
function rightsUnder(limits: readonly Allows[]): ObjectRights {
  return (bucket, action, key) => {
    const isBucketWide = action === 's3:ListBucket';
    const question = {
      action,
      resource: isBucketWide ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`,
      context: isBucketWide ? { 's3:prefix': key } : {},
    };
    return limits.every((allows) => allows(question));
  };
}
