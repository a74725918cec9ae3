import type { Call } from '../../api.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export async function getCallerIdentity(_input: object, { account, callerArn }: Call): Promise<object> {
  const userId = callerArn.slice(callerArn.lastIndexOf('/') + 1);
  return { Arn: callerArn, UserId: userId, Account: account };
}
