// A live enrollment over a WebSocket: samples out, and how it is going in.

import { token } from "./api.js";

/**
 * One session. `speaker` has the id and a promise of the consent; `status` is called with each status, `lost` once if the
 * connection ends before the session does.
 */
export class Live {
  constructor(speaker, sampleRate, status, lost) {
    this.over = false;
    this.waiting = [];
    this.status = status;
    this.lost = () => {
      if (!this.over) lost();
      this.over = true;
    };
    this.opening = this.open(speaker, sampleRate).catch(this.lost);
  }

  async open({ id, consent }, sampleRate) {
    const record = await consent;
    const address = new URL(`voiceroll/v1/live/enrollments/${id}`, document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    address.search = new URLSearchParams({ format: "i16", sample_rate: sampleRate, channels: 1 }).toString();
    // A page cannot set headers here: the token comes as the name of a protocol.
    const socket = new WebSocket(address, ["voiceroll.v1", `bearer.${await token()}`]);
    socket.binaryType = "arraybuffer";
    socket.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (event.event === "status") this.status(event.status);
      else if (event.event === "error") this.lost();
    };
    socket.onclose = socket.onerror = this.lost;
    socket.onopen = () => {
      if (record) socket.send(JSON.stringify({ type: "start", consent: record }));
      for (const chunk of this.waiting.splice(0)) socket.send(chunk);
    };
    this.socket = socket;
  }

  push(chunk) {
    if (this.over) return;
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(chunk);
    else this.waiting.push(chunk);
  }

  /** Ends the session without enrolling: the recording is sent as a whole, which gives the same result. */
  end() {
    this.over = true;
    this.socket?.close();
  }
}
