import { personName } from './personName';

describe('the name of a person', () => {
  it.each([
    ['user:default/ada', 'ada'],
    ['user:guests/ada', 'guests/ada'],
    ['service:default/robot', 'service:default/robot'],
    ['ada', 'ada'],
  ])('of %s is %s', (ref, name) => {
    expect(personName(ref)).toBe(name);
  });
});
