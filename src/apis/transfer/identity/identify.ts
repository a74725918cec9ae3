import type { Transfer } from '../transfer.ts';
import { identifyByApiGateway } from './api-gateway.ts';
import type { Identification, LoginQuestion, ServerPlace } from './identified-user.ts';
import { identifyByLambda } from './lambda.ts';
import { identifyServiceManaged } from './service-managed.ts';

const NAME = /^\w[\w@.-]{2,99}$/;

/** Asks the server's identity provider about a user. Never throws for what the provider does: that refuses the login. */
export async function identify(
  transfer: Transfer,
  place: ServerPlace,
  question: LoginQuestion,
): Promise<Identification> {
  const { IdentityProviderType: type } = place.server;
  if (!mayLogIn(question)) return refused({ statusCode: 200, message: 'Nobody of that name can log in' });
  switch (type) {
    case 'SERVICE_MANAGED':
      return identifyServiceManaged(transfer, place, question);
    case 'AWS_LAMBDA':
      return identifyByLambda(transfer, place.server, question);
    case 'API_GATEWAY':
      return identifyByApiGateway(transfer, place, question);
    case 'AWS_DIRECTORY_SERVICE':
      return refused({ statusCode: 501, message: 'Directories are not supported by Orrery yet' });
    default:
      return type satisfies never;
  }
}

/** Names that the vendor refuses whoever knows them. */
const mayLogIn = ({ userName }: LoginQuestion): boolean => NAME.test(userName) && userName !== 'root';

function refused(given: Pick<Identification, 'statusCode' | 'message'>): Identification {
  return { url: '', response: '', ...given };
}
