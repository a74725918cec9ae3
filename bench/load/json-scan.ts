/**
 * The first member of that name whose value is a string; undefined without one. A full parse of every history would
 * take more of the machine than the request itself.
 */
export function textMember(json: string, name: string): string | undefined {
  const mark = `"${name}":"`;
  const at = json.indexOf(mark);
  if (at < 0) return undefined;
  const start = at + mark.length;
  let end = json.indexOf('"', start);
  while (json[end - 1] === '\\') end = json.indexOf('"', end + 1);
  const text = json.slice(start, end);
  return text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text;
}

/** How often a piece of text occurs. */
export function occurrences(text: string, piece: string): number {
  let count = 0;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length)) count += 1;
  return count;
}

/** The number of events in a page of history if their ids run 1, 2, 3 … without a gap; otherwise undefined. */
export function gaplessEvents(json: string): number | undefined {
  const mark = '"eventId":';
  let count = 0;
  for (let at = json.indexOf(mark); at >= 0; at = json.indexOf(mark, at + mark.length)) {
    count += 1;
    if (numberAt(json, at + mark.length) !== count) return undefined;
  }
  return count;
}

function numberAt(json: string, start: number): number {
  let value = 0;
  for (let at = start; ; at += 1) {
    const digit = json.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return value;
    value = value * 10 + digit;
  }
}
