// How much of the page has moved so far without the visitor's doing: the largest sum of layout shifts in a session
// window, which ends after a second's rest or five seconds in all (https://web.dev/articles/cls).
() => {
  if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return null;
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: 'layout-shift', buffered: true });
  const shifts = observer.takeRecords().filter((shift) => !shift.hadRecentInput);
  observer.disconnect();
  let largest = 0, sum = 0, first = 0, last = 0;
  for (const { startTime, value } of shifts) {
    if (startTime - last > 1000 || startTime - first > 5000) { sum = 0; first = startTime; }
    sum += value;
    last = startTime;
    largest = Math.max(largest, sum);
  }
  return Math.round(largest * 1000) / 1000;
}
