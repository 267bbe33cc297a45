// What a thread of orders needs and nothing else of them, so that it is up soon and small.
export { answerCheckouts } from './checkout/answer-checkouts.ts'
