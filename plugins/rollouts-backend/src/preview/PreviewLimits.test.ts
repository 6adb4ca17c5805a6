import { ManualClock } from '@progressive-delivery/kube';
import { PreviewLimits, TooManyPreviewsError } from './PreviewLimits';

it('keeps one person from asking without end, and nobody else', () => {
  const limits = new PreviewLimits(new ManualClock());
  for (let asked = 0; asked < 60; asked++) {
    limits.take('user:default/ada');
  }
  expect(() => limits.take('user:default/ada')).toThrow(TooManyPreviewsError);
  expect(() => limits.take('user:default/ben')).not.toThrow();
});
