"""What is answered: functions of who asks, run beside the event loop, that know no Discord object."""
