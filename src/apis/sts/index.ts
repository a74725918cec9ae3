import { queryFault } from '../../wire/protocols/aws-query.ts';
import type { AwsQueryApi } from '../api.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';

const VERSION = '2011-06-15';

/** Of AWS Security Token Service what tools ask before anything else: https://docs.aws.amazon.com/STS/latest/APIReference/ */
export const sts: AwsQueryApi = {
  name: 'sts',
  protocol: 'aws-query',
  version: VERSION,
  namespace: `https://sts.amazonaws.com/doc/${VERSION}/`,
  signingName: 'sts',
  operations: { GetCallerIdentity: getCallerIdentity },
  // Who a caller is may always be known to it.
  permission: () => undefined,
  fault: queryFault,
};
