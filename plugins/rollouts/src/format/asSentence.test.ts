import { asSentence } from './asSentence';

it.each([
  ['All stop', 'All stop.'],
  ['All stop.', 'All stop.'],
  ['All stop!', 'All stop!'],
  ['Who decides?', 'Who decides?'],
  ['We count …', 'We count …'],
])('%s becomes %s', (text, sentence) => {
  expect(asSentence(text)).toBe(sentence);
});
