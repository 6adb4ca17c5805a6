import { render } from '@testing-library/react';
import { useAddressed } from './useAddressed';

const ref = { cluster: 'local', namespace: 'demo', name: 'colors' };

const Panel = () => <div ref={useAddressed(ref)} />;

describe('a rollout that the URL names', () => {
  const scrolled = jest.fn();
  beforeEach(() => {
    scrolled.mockClear();
    HTMLElement.prototype.scrollIntoView = scrolled;
  });
  afterEach(() => window.history.replaceState({}, '', '/'));

  it('is scrolled to', () => {
    window.history.replaceState({}, '', '/#local%2Fdemo%2Fcolors');
    render(<Panel />);
    expect(scrolled).toHaveBeenCalledTimes(1);
  });

  it('is left alone when the URL names another, or none', () => {
    render(<Panel />);
    window.history.replaceState({}, '', '/#local%2Fdemo%2Fsearch');
    render(<Panel />);
    expect(scrolled).not.toHaveBeenCalled();
  });
});
