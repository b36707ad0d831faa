"""The application for a web server that wants one: `camp.wsgi:app`, for the instance of CAMP_INSTANCE."""

import gc
import sys

from camp import config
from camp.app import create_app

app = create_app(config.load(config.instance_folder()))

# What is there now stays: without it each look for rubbish takes milliseconds instead of a seventh of a second in the
# middle of somebody's request. Threads hand over sooner than after 5 ms: who waits for the database, which lets others
# go on with each statement, would wait so long for each of them.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)
sys.setswitchinterval(0.0005)
