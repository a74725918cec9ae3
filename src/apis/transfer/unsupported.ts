import { invalidRequest } from './faults.ts';
import type { OperationName } from './model/types.gen.ts';

/** What the vendor has and Orrery does not yet, with the operations that belong to it. */
const UNSUPPORTED = {
  'Accesses of directory groups': [
    'CreateAccess',
    'DeleteAccess',
    'DescribeAccess',
    'ListAccesses',
    'UpdateAccess',
  ],
  'AS2 agreements': [
    'CreateAgreement',
    'DeleteAgreement',
    'DescribeAgreement',
    'ListAgreements',
    'UpdateAgreement',
  ],
  'AS2 certificates': [
    'DeleteCertificate',
    'DescribeCertificate',
    'ImportCertificate',
    'ListCertificates',
    'UpdateCertificate',
  ],
  'AS2 profiles': ['CreateProfile', 'DeleteProfile', 'DescribeProfile', 'ListProfiles', 'UpdateProfile'],
  Connectors: [
    'CreateConnector',
    'DeleteConnector',
    'DescribeConnector',
    'ListConnectors',
    'TestConnection',
    'UpdateConnector',
  ],
  'File transfers by connectors': [
    'ListFileTransferResults',
    'StartDirectoryListing',
    'StartFileTransfer',
    'StartRemoteDelete',
    'StartRemoteMove',
  ],
  'Web apps': [
    'CreateWebApp',
    'DeleteWebApp',
    'DeleteWebAppCustomization',
    'DescribeWebApp',
    'DescribeWebAppCustomization',
    'ListWebApps',
    'UpdateWebApp',
    'UpdateWebAppCustomization',
  ],
} as const satisfies Readonly<Record<string, readonly OperationName[]>>;

type Unsupported = (typeof UNSUPPORTED)[keyof typeof UNSUPPORTED][number];

/** Operations that say what is missing. */
export const unsupportedOperations = Object.fromEntries(
  Object.entries(UNSUPPORTED).flatMap(([what, names]) => names.map((name) => [name, () => refuse(what)])),
) as Readonly<Record<Unsupported, () => never>>;

function refuse(what: string): never {
  throw invalidRequest(`${what} are not supported by Orrery yet`);
}
