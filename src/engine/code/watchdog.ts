import { Worker } from 'node:worker_threads';

const LOOK_MS = 500;

/**
 * Ends this process when its caller is gone, from a thread of its own: user code that never lets go of the main thread
 * would not see the channel close, and would run for ever.
 */
export function watchCaller(pid: number): void {
  const work = `
    const { workerData } = require('node:worker_threads');
    const first = process.ppid;
    setInterval(() => {
      let there = process.ppid === first;
      try { process.kill(workerData.pid, 0); } catch (error) { there = error.code === 'EPERM'; }
      if (!there) process.kill(process.pid, 'SIGKILL');
    }, ${LOOK_MS});`;
  new Worker(work, { eval: true, workerData: { pid }, stdout: false, stderr: false }).unref();
}
