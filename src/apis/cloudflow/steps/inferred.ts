/** Names and forms that the vendor's documentation leaves open; each choice behind one function. */
import type { Json, JsonObject } from '../language/json.ts';

/** An answer of 400 and more is the failure of an HTTP task. */
export function isHttpFailure(status: number): boolean {
  return status >= 400;
}

/** What an HTTP task fails with: `HTTP.404`, or `HTTP.` and a word where there was no answer. */
export function httpErrorName(reason: number | string): string {
  return `HTTP.${reason}`;
}

/** `Body` is a JSON value where the answer says that it is one, else text. */
export function httpBody(text: string, contentType: string): Json {
  if (!/^application\/(?:[^;\s]+\+)?json\b/i.test(contentType)) return text;
  try {
    return JSON.parse(text) as Json;
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
