import type { FileTree } from '../../../files/file-tree.ts';
import { guardedBucket } from '../../../files/guarded-bucket.ts';
import { bucketTree } from '../../../files/trees/bucket-tree.ts';
import { mountedTree } from '../../../files/trees/mounted-tree.ts';
import type { BeginWriting } from '../../../files/trees/written-file.ts';
import type { Server } from '../resources/documents.ts';
import type { Transfer } from '../transfer.ts';
import { homeMounts, storagePathOf } from './home-mounts.ts';
import { LastNames } from './last-names.ts';
import { loggedTree } from './logged-tree.ts';
import { type ObjectRights, objectRights } from './object-rights.ts';
import type { SessionLog } from './session-log.ts';
import type { Session } from './session-user.ts';
import { takeUpload } from './take-upload.ts';
import { toldTree } from './told-tree.ts';

export interface HomeOptions {
  readonly session: Session;
  readonly server: Server;
  readonly log: SessionLog;
}

/** What a user sees and may do, with everything logged and each finished upload handed on. Throws `PolicyError`. */
export function openHome(transfer: Transfer, { session, server, log }: HomeOptions): FileTree {
  const { user } = session;
  const mounts = homeMounts(transfer, server.Domain, user);
  const beginWriting: BeginWriting = () => {
    const startedAt = transfer.clock.now();
    return (file) => takeUpload(transfer, session, { file, startedAt });
  };
  const storagePath = (path: string): string => storagePathOf(mounts, path);
  const lastNames = new LastNames({ transfer, domain: server.Domain, beginWriting, storagePath });
  const home: Home = {
    transfer,
    session,
    rights: objectRights(transfer, user),
    beginWriting: (path) => lastNames.beginWriting(path),
  };
  const isLogical = user.homeDirectoryType === 'LOGICAL';
  const mappedIn = (root: string): readonly string[] =>
    mounts.filter(({ place }) => place.root === root).map(({ place }) => `/${place.path}`);
  const open = (root: string): FileTree | undefined =>
    server.Domain === 'S3'
      ? bucketOf(home, root)
      : fileSystemOf(home, root, isLogical ? mappedIn(root) : undefined);
  // One tree for all mounts of a bucket, so that files can be renamed between them.
  const roots = new Set(mounts.map(({ place }) => place.root));
  const opened = new Map([...roots].map((root) => [root, open(root)]));
  const present = mounts.flatMap(({ path, place, kind }) => {
    const tree = opened.get(place.root);
    return tree === undefined ? [] : [{ path, tree, root: `/${place.path}`, kind }];
  });
  const links = server.Domain === 'EFS' && !isLogical;
  const logged = loggedTree(mountedTree(present, { links }), {
    pathOf: storagePath,
    log: (type, details) => log.activity(session, type, details),
    ignoresSetStat: server.ProtocolDetails?.SetStatOption === 'ENABLE_NO_OP',
  });
  return toldTree(lastNames.watch(logged));
}

interface Home {
  readonly transfer: Transfer;
  readonly session: Session;
  readonly rights: ObjectRights | undefined;
  readonly beginWriting: BeginWriting;
}

function bucketOf({ transfer, session, rights, beginWriting }: Home, name: string): FileTree | undefined {
  const bucket = transfer.storage.bucket(name);
  if (bucket === undefined) return undefined;
  const { serverId, user } = session;
  const allowed =
    rights === undefined ? bucket : guardedBucket(bucket, (action, key) => rights(name, action, key));
  return bucketTree(allowed, {
    // https://docs.aws.amazon.com/transfer/latest/userguide/logging-using-cloudtrail.html
    metadata: { 'user-agent': 'AWSTransfer', 'user-agent-id': `${user.userName}@${serverId}` },
    beginWriting,
    now: () => transfer.clock.now(),
  });
}

/** Where only some directories of it are mapped, no link is followed beneath them: it could lead to the rest. */
function fileSystemOf(
  { transfer, session, beginWriting }: Home,
  id: string,
  mappedDirectories: readonly string[] | undefined,
): FileTree | undefined {
  const profile = session.user.posixProfile;
  if (profile === undefined) return undefined;
  const { Uid, Gid, SecondaryGids = [] } = profile;
  const linkless = mappedDirectories && { linkless: mappedDirectories };
  const posixUser = { uid: Uid, gid: Gid, secondaryGids: SecondaryGids, ...linkless };
  return transfer.storage.fileSystem(id)?.as(posixUser, beginWriting);
}
