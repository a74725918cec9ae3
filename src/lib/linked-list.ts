/** What an element of a linked list carries; belongs to the list while the element is in one. */
export interface Linked {
  previous: Linked | undefined;
  next: Linked | undefined;
}

/** A doubly linked list through its own elements: appending and removing cost O(1) and allocate nothing. */
export interface LinkedList<Element extends Linked> {
  first: Element | undefined;
  last: Element | undefined;
  size: number;
}

export function createList<Element extends Linked>(): LinkedList<Element> {
  return { first: undefined, last: undefined, size: 0 };
}

export function append<Element extends Linked>(list: LinkedList<Element>, element: Element): void {
  insertBehind(list, element, list.last);
}

export function prepend<Element extends Linked>(list: LinkedList<Element>, element: Element): void {
  insertBehind(list, element, undefined);
}

/** Inserts behind the last element that need not come after it; walks from the end, where new elements usually belong. */
export function insertSorted<Element extends Linked>(
  list: LinkedList<Element>,
  element: Element,
  comesAfter: (other: Element) => boolean,
): void {
  let place = list.last;
  while (place !== undefined && comesAfter(place)) place = place.previous as Element | undefined;
  insertBehind(list, element, place);
}

export function remove<Element extends Linked>(list: LinkedList<Element>, element: Element): void {
  const previous = element.previous as Element | undefined;
  const next = element.next as Element | undefined;
  if (previous === undefined) list.first = next;
  else previous.next = next;
  if (next === undefined) list.last = previous;
  else next.previous = previous;
  element.previous = undefined;
  element.next = undefined;
  list.size--;
}

function insertBehind<Element extends Linked>(
  list: LinkedList<Element>,
  element: Element,
  place: Element | undefined,
): void {
  const next = place === undefined ? list.first : (place.next as Element | undefined);
  element.previous = place;
  element.next = next;
  if (place === undefined) list.first = element;
  else place.next = element;
  if (next === undefined) list.last = element;
  else next.previous = element;
  list.size++;
}
