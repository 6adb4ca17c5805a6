import { render, screen } from '@testing-library/react';
import type { Address } from './readAddress';
import { useAddressed } from './useAddressed';

const Panel = (props: Address & { name: string }) => (
  <div
    ref={useAddressed<HTMLDivElement>(props)}
    tabIndex={-1}
    aria-label={props.name}
  />
);
const COLORS = { name: 'colors', rollout: 'local/demo/colors' };

describe('what the URL names', () => {
  const scrolled = jest.fn();
  beforeEach(() => {
    scrolled.mockClear();
    HTMLElement.prototype.scrollIntoView = scrolled;
  });
  afterEach(() => window.history.replaceState({}, '', '/'));

  it('is brought into view and marked by the focus', () => {
    window.history.replaceState({}, '', '/?rollout=local%2Fdemo%2Fcolors');
    render(<Panel {...COLORS} />);

    expect(scrolled).toHaveBeenCalledTimes(1);
    expect(screen.getByLabelText('colors')).toHaveFocus();
  });

  it('is a request, when it names one', () => {
    window.history.replaceState({}, '', '/?approval=q1');
    render(
      <>
        <Panel name="first" approval="q1" />
        <Panel name="second" approval="q2" />
      </>,
    );

    expect(screen.getByLabelText('first')).toHaveFocus();
  });

  it('is left alone when it is another, or nothing', () => {
    render(<Panel {...COLORS} />);
    window.history.replaceState({}, '', '/?rollout=local%2Fdemo%2Fsearch');
    render(<Panel {...COLORS} />);

    expect(scrolled).not.toHaveBeenCalled();
  });
});
