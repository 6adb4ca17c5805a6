import { ManualClock } from '@progressive-delivery/kube';
import { answerInTime } from './answerInTime';

describe('the answer of a module', () => {
  it('is what it says, or how it fails, and leaves no timer behind', async () => {
    const clock = new ManualClock();
    await expect(
      answerInTime('the pager', clock, async () => 'ada'),
    ).resolves.toBe('ada');
    await expect(
      answerInTime('the pager', clock, async () => {
        throw new Error('down');
      }),
    ).rejects.toThrow('down');
    await expect(
      answerInTime('the pager', clock, () => {
        throw new Error('a mistake of its own');
      }),
    ).rejects.toThrow('a mistake of its own');
    expect(clock.pending).toBe(0);
  });

  it('is not waited for longer than ten seconds', async () => {
    const clock = new ManualClock();
    const answer = answerInTime(
      'the pager',
      clock,
      () => new Promise(() => {}),
    );
    const rejected = jest.fn();
    answer.catch(rejected);

    clock.advance(9_999);
    await Promise.resolve();
    expect(rejected).not.toHaveBeenCalled();
    clock.advance(1);

    await expect(answer).rejects.toThrow(
      'the pager did not answer within 10 s.',
    );
  });
});
