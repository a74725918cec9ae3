import type { HomeDirectoryMapEntry } from '../model/types.gen.ts';
import type { Server } from '../resources/documents.ts';
import type { PosixProfile } from '../upload.ts';
import type { World } from '../world.ts';

/** Who wants to log in where. Without a password, or with an empty one, it is about keys. */
export interface LoginQuestion {
  readonly userName: string;
  readonly password?: string | undefined;
  readonly protocol: string;
  /** May be empty where it is not known. */
  readonly sourceIp: string;
}

export interface ServerPlace {
  readonly world: World;
  readonly server: Server;
}

/** A user as an identity provider knows it: what it may do once it has logged in, and by which keys it may. */
export interface IdentifiedUser {
  readonly role: string;
  readonly homeDirectory?: string | undefined;
  readonly homeDirectoryType: 'PATH' | 'LOGICAL';
  /** Of type LOGICAL only. */
  readonly homeDirectoryMappings?: readonly HomeDirectoryMapEntry[] | undefined;
  /** A session policy whose variables have not been filled in. */
  readonly policy?: string | undefined;
  readonly posixProfile?: PosixProfile | undefined;
  /** One line of OpenSSH each, as the provider gave them; some may be of no use. */
  readonly publicKeys: readonly string[];
}

/** What an identity provider has answered. Without a user the login is refused. */
export interface Identification {
  /** As HTTP has them. */
  readonly statusCode: number;
  /** Empty where nothing was asked by HTTP. */
  readonly url: string;
  /** The provider's own text for a user that it knows, else empty. */
  readonly response: string;
  /** Why the login is refused; empty when it is not. */
  readonly message: string;
  readonly user?: IdentifiedUser | undefined;
}
