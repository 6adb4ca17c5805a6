import { isOlder } from './isOlder';

it.each([
  ['9', '10', true],
  ['10', '9', false],
  ['10', '10', false],
  ['99999999999999999998', '99999999999999999999', true],
  ['abc', '10', false],
  [undefined, '10', false],
  ['10', undefined, false],
])('of %s and %s', (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});
