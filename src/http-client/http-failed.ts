/** Why a request got no answer. */
export type HttpFailure =
  | 'InvalidRequest'
  | 'Forbidden'
  | 'ConnectionFailed'
  | 'TooManyRedirects'
  | 'AnswerTooLarge';

export class HttpFailed extends Error {
  override readonly name = 'HttpFailed';
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}
