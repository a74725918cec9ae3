import { serveSftp, connect } from './support/sftp-server.ts';
const served = await serveSftp({});
void connect(served).catch(e => console.log(e.message));
console.log(await served.event(e=>e.kind==='disconnected'));
process.exit(0);
