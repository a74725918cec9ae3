import { normalize } from '../../../files/trees/tree-path.ts';
import type { Work } from '../machine/work.ts';
import type { InputFileLocation } from '../model/types.gen.ts';
import { withVariables } from '../resources/path-variables.ts';
import type { FileLocation } from '../upload.ts';
import { badRequest } from './step-failure.ts';

export type Destination =
  | { readonly kind: 'bucket'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'file-system'; readonly fileSystemId: string; readonly path: string };

/**
 * Where a step puts the file it makes: what ends with `/` is a folder for a file of the source's name, which `rename` may
 * change, and paths of file systems are in their shortest form. Throws BAD_REQUEST where the source is on the other kind of storage.
 */
export function destinationOf(
  { source, facts }: Work,
  location: InputFileLocation | undefined,
  rename = (name: string): string => name,
): Destination {
  const { upload } = facts;
  const { S3FileLocation: object, EfsFileLocation: file } = location ?? {};
  const isObject = object !== undefined;
  if (isObject !== (source.kind === 'bucket'))
    throw badRequest('The destination must be on the same kind of storage as the source');
  const wanted = withVariables((isObject ? object.Key : file?.Path) ?? '', {
    userName: upload.userName,
    uploadedAt: upload.endedAt,
  });
  const path = wanted === '' || wanted.endsWith('/') ? wanted + rename(nameOf(source)) : wanted;
  if (isObject) return { kind: 'bucket', bucket: object.Bucket ?? '', key: path };
  return {
    kind: 'file-system',
    fileSystemId: idOf(file?.FileSystemId ?? ''),
    path: normalize(path),
  };
}

/** Of a file system, which a definition may name by its ARN; everything else knows it by its id. */
const idOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Whether a file would be put upon itself. */
export function isSame(source: FileLocation, destination: Destination): boolean {
  if (source.kind === 'bucket')
    return (
      destination.kind === 'bucket' && source.bucket === destination.bucket && source.key === destination.key
    );
  return (
    destination.kind === 'file-system' &&
    source.fileSystemId === destination.fileSystemId &&
    source.path === destination.path
  );
}

function nameOf(source: FileLocation): string {
  const path = source.kind === 'bucket' ? source.key : source.path;
  return path.slice(path.lastIndexOf('/') + 1);
}
