/** Names and forms that the vendor's documentation leaves open; each choice behind one function. */
import type { ListedObject } from '../../../files/bucket.ts';
import type { Json, JsonObject } from '../language/json.ts';
import { parseJson } from '../language/parse-json.ts';
import type { WriteResultsCall } from '../machine/effects.ts';
import type { EndedChild } from './storage/ended-child.ts';

/** An answer of 400 and more is the failure of an HTTP task. */
export function isHttpFailure(status: number): boolean {
  return status >= 400;
}

/** What an HTTP task fails with: `HTTP.404`, or `HTTP.` and a word where there was no answer. */
export function httpErrorName(reason: number | string): string {
  return `HTTP.${reason}`;
}

/** Names of headers as the vendor's pages show them, `Content-Type`, however the server writes them. */
export function httpHeader(headers: Readonly<Record<string, string>>): JsonObject {
  const shown = (name: string): string => name.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [shown(name), value]));
}

/** `Body` is a JSON value where the answer says that it is one, else text. */
export function httpBody(text: string, contentType: string): Json {
  if (!/^application\/(?:[^;\s]+\+)?json\b/i.test(contentType)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** What sending a message fails with. */
export function messageErrorName(code: string): string {
  return `MNS.${code}`;
}

/** What a task fails with whose flow has a role that does not allow it. */
export function deniedErrorName(product: string): string {
  return `${product}.AccessDenied`;
}

/** What starting an execution of another flow fails with. */
export function flowErrorName(code: string): string {
  return `FNF.${code}`;
}

/** Answer of SendMessage and PublishMessage alike. */
export function messageResult(sent: { readonly messageId: string; readonly bodyMd5: string }): JsonObject {
  return { MessageId: sent.messageId, RequestId: requestIdOf(sent.messageId), MessageBodyMD5: sent.bodyMd5 };
}

/** The same whenever the same message is sent again. */
function requestIdOf(messageId: string): string {
  return messageId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** A runtime's own words for a crash or a time-out are no error type that a function has raised. */
export function isRuntimeError(errorType: string): boolean {
  return /^(?:Runtime|Sandbox|Extension)\./.test(errorType);
}

/** What a task fails with when this service itself has failed at it. */
export function engineErrorName(): string {
  return 'FnF.RuntimeError';
}

/** What a step fails with whose bucket refuses: the vendor's object storage has these codes. */
export function storageErrorName(code: string): string {
  return `OSS.${code}`;
}

/** What a map fails with whose items are not what its reader expects. */
export function wrongContent(): string {
  return 'FnF.ItemReaderFailed';
}

/** An object as an item: as lists of the vendor's object storage show it. Entity tags are there where reading is not needed for them. */
export function listedItem({ key, size, modifiedAt, etag }: ListedObject): JsonObject {
  return {
    Key: key,
    Size: size,
    ...(etag !== undefined && { ETag: `"${etag.toUpperCase()}"` }),
    LastModified: new Date(modifiedAt).toISOString(),
    Type: 'Normal',
    StorageClass: 'Standard',
  };
}

/** A row of an inventory as an item: keys are percent-encoded there. */
export function inventoryItem(row: JsonObject): JsonObject {
  const { Key: key } = row;
  return typeof key === 'string' ? { ...row, Key: decodedKey(key) } : row;
}

function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** What a map fails with whose results cannot be told any more. */
export function writeFailed(): string {
  return 'FnF.ResultWriterFailed';
}

/** Keys of what a map run writes: under its own name, so that another run of the same map writes others. */
export function resultFiles({ prefix, mapRun }: Pick<WriteResultsCall, 'prefix' | 'mapRun'>) {
  const folder = `${prefix}${prefix === '' || prefix.endsWith('/') ? '' : '/'}${mapRun}`;
  return {
    manifest: `${folder}/manifest.json`,
    succeeded: `${folder}/SUCCEED_0.json`,
    failed: `${folder}/FAILED_0.json`,
  };
}

interface ResultKey {
  readonly Key: string;
  readonly Size: number;
}

/** What the manifest says: which files there are, by the status of the executions in them. */
export function resultManifest(
  { bucket, mapRun }: Pick<WriteResultsCall, 'bucket' | 'mapRun'>,
  files: { readonly succeeded: ResultKey | undefined; readonly failed: ResultKey | undefined },
): JsonObject {
  const listed = (file: ResultKey | undefined): Json => (file === undefined ? [] : [{ ...file }]);
  const ResultFiles = { SUCCEED: listed(files.succeeded), FAILED: listed(files.failed), PENDING: [] };
  return { DestinationBucket: bucket, MapRunName: mapRun, ResultFiles };
}

/** What is written of a child execution: what ListExecutions shows, and why it has failed, as StartSyncExecution says it. */
export function resultEntry(child: EndedChild): JsonObject {
  const { outcome } = child;
  return {
    Name: child.name,
    FlowName: child.flowName,
    Status: child.status,
    Input: child.input,
    Output: outcome?.ok === true ? JSON.stringify(outcome.output) : '',
    ...(outcome?.ok === false && { ErrorCode: outcome.error, ErrorMessage: outcome.cause }),
    StartedTime: new Date(child.startedAt).toISOString(),
    StoppedTime: child.stoppedAt === undefined ? '' : new Date(child.stoppedAt).toISOString(),
  };
}

/** The same for one that could not even be started. */
export function unstartedEntry(
  name: string,
  { error, cause }: { readonly error: string; readonly cause: string },
): JsonObject {
  return { Name: name, Status: 'Failed', ErrorCode: error, ErrorMessage: cause };
}
