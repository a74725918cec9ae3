import type { Allows } from '../transfer.ts';
import type { FileLocation } from '../upload.ts';
import type { World } from '../world.ts';
import { stepError } from './step-failure.ts';

/** What an execution role allows a step. Each call throws PERMISSION_DENIED when it does not. */
export class RoleRights {
  readonly #role: string;
  readonly #world: World;
  readonly #allows: Allows | undefined;

  constructor(role: string, world: World, allows: Allows | undefined) {
    this.#role = role;
    this.#world = world;
    this.#allows = allows;
  }

  /** False when it allows everything, so that nothing needs to be asked. */
  get areRestricted(): boolean {
    return this.#allows !== undefined;
  }

  onObject(action: string, { bucket, key }: { readonly bucket: string; readonly key: string }): void {
    this.#must(`s3:${action}`, `arn:aws:s3:::${bucket}/${key}`);
  }

  /** An object that may be there in versions, each with rights of its own. */
  onVersion(
    [action, ofVersion]: readonly [current: string, ofVersion: string],
    object: Extract<FileLocation, { kind: 'bucket' }>,
  ): void {
    this.onObject(object.versionId === undefined ? action : ofVersion, object);
  }

  /** To know whether a key is taken. */
  onListing({ bucket, key }: { readonly bucket: string; readonly key: string }): void {
    this.#must('s3:ListBucket', `arn:aws:s3:::${bucket}`, { 's3:prefix': key });
  }

  onFileSystem(action: 'ClientMount' | 'ClientWrite', id: string): void {
    const { account, region } = this.#world;
    const kind = id.startsWith('fsap-') ? 'access-point' : 'file-system';
    this.#must(`elasticfilesystem:${action}`, `arn:aws:elasticfilesystem:${region}:${account}:${kind}/${id}`);
  }

  onSecret(arn: string): void {
    this.#must('secretsmanager:GetSecretValue', arn);
  }

  onFunction(arn: string): void {
    this.#must('lambda:InvokeFunction', arn);
  }

  #must(action: string, resource: string, context: Readonly<Record<string, string>> = {}): void {
    if (this.#allows === undefined || this.#allows({ action, resource, context })) return;
    throw stepError('PERMISSION_DENIED', `${this.#role} does not allow ${action} on ${resource}`);
  }
}
