import { functionFailed } from './function-failed.ts';

/** Reads a stream to its end; throws `FunctionFailed` when there is more than allowed. */
export async function readAnswer(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (maxBytes > 0 && size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Checks that an answer is JSON; no answer at all is `null`. */
export function jsonAnswer(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'null';
  if (isJson(trimmed)) return trimmed;
  throw functionFailed('Unhandled', {
    errorType: 'InvalidAnswer',
    errorMessage: `The function's answer is not JSON: ${trimmed.slice(0, 200)}`,
  });
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

export function tooLarge(maxBytes: number): Error {
  return functionFailed('Unhandled', {
    errorType: 'AnswerTooLarge',
    errorMessage: `The function's answer has more than ${maxBytes} bytes`,
  });
}
